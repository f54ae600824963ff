/** One change of many records: of those with certain ids at once, of those of a view by a job. */
@NullMarked
package io.clientele.records.mass;

import org.jspecify.annotations.NullMarked;
