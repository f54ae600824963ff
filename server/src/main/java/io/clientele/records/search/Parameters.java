package io.clientele.records.search;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Query;
import io.clientele.metadata.Module;
import io.clientele.records.ListQuery.Converted;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parameters that searches and counts share. */
final class Parameters {
  private static final Pattern NAMED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");
  private static final List<String> FLAGS = List.of("true", "false", "both");
  private static final List<String> APPROVAL_STATES =
      List.of(
          "approval_process_pending",
          "webform_invalid",
          "review_process_pending",
          "webform_invalid_approval",
          "zia_vision_validation",
          "review_process_rejected",
          "webform_unapproved",
          "email_parser_waiting",
          "approved",
          "merge_pending",
          "email_parser_rejected",
          "zia_vision_rejected",
          "zia_vision_pending",
          "approval_process_rejected",
          "webform_double_optin");

  private final Query query;

  private Parameters(Query query) {
    this.query = query;
  }

  /**
   * Clients leave an ampersand in what is searched for as it is; what follows one and is no
   * parameter belongs to the value before.
   */
  static Parameters of(Call call) {
    var text = new StringBuilder();
    for (String piece : call.rawQuery().split("&")) {
      boolean named = NAMED.matcher(piece).matches();
      if (!piece.isEmpty()) {
        text.append(text.isEmpty() ? "" : named ? "&" : "%26").append(piece);
      }
    }
    return new Parameters(Query.parse(text.toString()));
  }

  Query query() {
    return query;
  }

  Optional<String> find(String name) {
    return query.first(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** A number from one to {@code maximum}. */
  int number(String name, int otherwise, int maximum) {
    Optional<String> text = find(name);
    try {
      int number = text.map(Integer::parseInt).orElse(otherwise);
      if (number >= 1 && number <= maximum) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid();
    }
    throw invalid();
  }

  String oneOf(String name, List<String> supported, String otherwise) {
    String value = find(name).orElse(otherwise).toLowerCase(Locale.ROOT);
    if (!supported.contains(value)) {
      throw invalid();
    }
    return value;
  }

  /**
   * Which rows {@code converted}, {@code approved} and {@code approval_state} leave. Nothing is
   * other than approved until there are approvals.
   */
  Sql rows(Module module) {
    String approved = oneOf("approved", FLAGS, "true");
    String state = oneOf("approval_state", APPROVAL_STATES, "approved");
    var converted = Converted.valueOf(oneOf("converted", FLAGS, "false").toUpperCase(Locale.ROOT));
    Sql rows = approved.equals("false") || !state.equals("approved") ? Sql.sql("false") : Sql.TRUE;
    return module.field("Converted__s").isPresent() ? rows.and(converted.rows()) : rows;
  }

  /** The documented answer to a value that a parameter cannot have. */
  static ApiError invalid() {
    return ErrorCode.INVALID_REQUEST
        .error()
        .message(
            "unable to process your request. please verify whether you have entered proper method"
                + " name, parameter and parameter values.");
  }
}
