package io.clientele.metadata.formula;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A formula that was read. Positions lie beside the tree, so that equal formulas stay equal trees.
 */
record Formula(Expression root, Map<Expression, Integer> positions) {
  /** A tree that was never text. */
  static Formula of(Expression root) {
    return new Formula(root, new IdentityHashMap<>());
  }

  /** Where {@code part} begins in the text, from 0. */
  int position(Expression part) {
    return positions.getOrDefault(part, 0);
  }
}
