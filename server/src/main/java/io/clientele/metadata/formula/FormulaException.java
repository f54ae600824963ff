package io.clientele.metadata.formula;

/** A definition that cannot be computed: what is wrong with it, and where in the expression. */
public final class FormulaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Problem problem;
  private final int position;

  FormulaException(Problem problem, int position, String message) {
    super(message);
    this.problem = problem;
    this.position = position;
  }

  /** What is wrong, by the codes that the fields operation answers for it. */
  public enum Problem {
    SYNTAX_ERROR,
    MISSING_BRACES,
    INCORRECT_NUMBER_OF_PARAM,
    INCORRECT_DATA_TYPE_PARAM,
    /** A field, module or related list that is not there. */
    PARTICIPATING_FIELD_NOT_FOUND,
    DYNAMIC_EXPRESSION_LENGTH_EXCEEDED,
    /** Everything else: a circle of formulas, a return type or function that is not known. */
    INVALID_DATA
  }

  public Problem problem() {
    return problem;
  }

  /** The character of the expression where it is, from 0; 0 for definitions without expression. */
  public int position() {
    return position;
  }
}
