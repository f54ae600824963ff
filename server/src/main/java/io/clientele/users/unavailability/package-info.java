/** When users are away. */
@NullMarked
package io.clientele.users.unavailability;

import org.jspecify.annotations.NullMarked;
