/** Everything of an org as files, made at once or by a schedule, and orgs made of such files. */
@NullMarked
package io.clientele.backup;

import org.jspecify.annotations.NullMarked;
