package io.clientele.coql;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Module;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a query that can be read, in the documented words. */
final class Problem {
  private Problem() {}

  static ApiError module() {
    return ErrorCode.INVALID_MODULE.error().message("the given module is not supported in api");
  }

  /** There is no such field, or none that the user sees. */
  static ApiError column(String path, @Nullable Module module) {
    return ErrorCode.INVALID_QUERY
        .with("column_name", path)
        .with("module", module == null ? "Users" : module.apiName())
        .message("column given seems to be invalid");
  }

  /** The field's values are not selected, grouped by or ordered by. */
  static ApiError unsupported(String path) {
    return ErrorCode.INVALID_QUERY.with("column_name", path).message("unsupported column");
  }

  static ApiError inClause(String path, String clause) {
    return ErrorCode.INVALID_QUERY.with("column_name", path).with("clause", clause);
  }

  /** The field's values are not compared at all. */
  static ApiError criteria(String path, Operator operator, String value) {
    boolean empty = operator.isNullTest();
    Operator told =
        operator == Operator.NULL
            ? Operator.EQUAL
            : operator == Operator.NOT_NULL ? Operator.NOT_EQUAL : operator;
    return ErrorCode.INVALID_QUERY
        .with("cv_criteria", false)
        .with("column_name", path)
        .with("value", empty ? "${EMPTY}" : value)
        .with("operator", told.sign())
        .message("unsupported column in criteria");
  }

  static ApiError operator(String path, Operator operator) {
    return ErrorCode.INVALID_QUERY
        .with("reason", "invalid operator found")
        .with("column_name", path)
        .with("operator", operator.sign());
  }

  static ApiError value(String path, String expected) {
    return ErrorCode.INVALID_QUERY
        .with("column_name", path)
        .with("expected_data_type", expected)
        .message("value given seems to be invalid for the column");
  }

  static ApiError limit(String by, int limit) {
    return ErrorCode.LIMIT_EXCEEDED.with("by", by).with("limit", limit);
  }

  static ApiError function(String call) {
    return ErrorCode.INVALID_DATA
        .with("reason", "unsupported aggregate function")
        .with("column", call);
  }

  static ApiError duplicate(String path, String what) {
    return ErrorCode.DUPLICATE_DATA.with("column_name", path).message("duplicate " + what);
  }

  static ApiError duplicateAggregate(Query.Call call) {
    return duplicate(call.argument(), "aggregate function").with("aggregate", call.function());
  }

  static ApiError emptyAlias(String column) {
    return ErrorCode.INVALID_ALIAS
        .with("column_name", column)
        .with("alias", "")
        .message("alias name cannot be an empty string");
  }

  static ApiError duplicateAlias(List<String> columns, String alias) {
    return ErrorCode.DUPLICATE_ALIAS
        .with("referred_columns", columns)
        .with("alias", alias)
        .message("same alias cannot refer more than one column");
  }

  /** An alias is the name of another column that has none. */
  static ApiError aliasIsColumn(String column, String alias) {
    return ErrorCode.INVALID_QUERY
        .with("column_name", column)
        .with("alias", alias)
        .message(
            "column name or property name given in select columns without alias name cannot be an"
                + " alias name for other select columns");
  }

  static ApiError view(String id) {
    return ErrorCode.INVALID_QUERY.with("cvid", id).message("cvid given seems to be invalid");
  }

  static ApiError amount(String name, String value) {
    return ErrorCode.INVALID_QUERY.with(name, value).message(name + " given seems to be invalid");
  }

  static ApiError noRows() {
    return ErrorCode.INVALID_DATA.error().message("limit should be greater than 0");
  }

  static ApiError severalColumns(int sequence, List<String> columns) {
    return ErrorCode.INVALID_QUERY
        .with("sub_query_sequence", sequence)
        .with("column_name", columns)
        .message("subquery should contains only one column");
  }

  static ApiError severalValues(int sequence, Operator operator) {
    return ErrorCode.INVALID_QUERY
        .with("sub_query_sequence", sequence)
        .with("operator", operator.sign())
        .message("subquery return more than one values which is incompatible for the operator");
  }
}
