/** Profiles: what a user may do. */
@NullMarked
package io.clientele.profiles;

import org.jspecify.annotations.NullMarked;
