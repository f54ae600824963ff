/** The records related to a record: lists, links, counts. */
@NullMarked
package io.clientele.records.related;

import org.jspecify.annotations.NullMarked;
