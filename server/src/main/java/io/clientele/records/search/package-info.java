/** Searches of records, and how many there are: {@code /{module}/search} and {@code …/count}. */
@NullMarked
package io.clientele.records.search;

import org.jspecify.annotations.NullMarked;
