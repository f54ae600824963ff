/** Roles: who reports to whom. */
@NullMarked
package io.clientele.roles;

import org.jspecify.annotations.NullMarked;
