/** How services and appointments are booked in an org. */
@NullMarked
package io.clientele.metadata.bookings;

import org.jspecify.annotations.NullMarked;
