/** Users, and how an org gets its first one. */
@NullMarked
package io.clientele.users;

import org.jspecify.annotations.NullMarked;
