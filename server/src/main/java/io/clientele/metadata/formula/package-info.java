/**
 * Fields whose values follow from others: formulas and rollup summaries, read as SQL expressions.
 */
@NullMarked
package io.clientele.metadata.formula;

import org.jspecify.annotations.NullMarked;
