/** User groups: users taken together, directly or through roles, territories and other groups. */
@NullMarked
package io.clientele.metadata.usergroups;

import org.jspecify.annotations.NullMarked;
