package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.util.List;

/** The select list of a query on one module, as the field types add to it. */
public interface Selection {
  /** The module's own column, qualified and quoted. */
  String column(String name);

  /** The value of a field of the module: its column, or what computes it. */
  String value(Field field);

  /** Adds an expression; answers its place in the result, from 1. */
  int add(String expression);

  /**
   * The name of the record of {@code module} whose id is {@code id}: an expression, with the join
   * it needs.
   */
  String nameOf(String module, String id);

  /**
   * The same where the module differs from row to row; {@code moduleId} is an expression for its
   * id.
   */
  String nameOfAny(List<String> modules, String id, String moduleId);
}
