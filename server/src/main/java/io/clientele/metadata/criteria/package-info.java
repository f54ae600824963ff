/** Criteria: conditions on the fields of a record, as views and rules have them. */
@NullMarked
package io.clientele.metadata.criteria;

import org.jspecify.annotations.NullMarked;
