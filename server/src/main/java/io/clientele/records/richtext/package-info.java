/** Rich text of records, whole. */
@NullMarked
package io.clientele.records.richtext;

import org.jspecify.annotations.NullMarked;
