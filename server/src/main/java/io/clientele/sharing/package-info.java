/** What users may do with each other's records: the defaults of the org, and rules beside them. */
@NullMarked
package io.clientele.sharing;

import org.jspecify.annotations.NullMarked;
