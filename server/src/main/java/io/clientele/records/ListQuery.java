package io.clientele.records;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The parameters of a list of records, checked.
 *
 * @param fields what the client asked for; empty for all fields, which only old versions and single
 *     records may
 * @param parameters a hash of all parameters that page tokens are bound to
 */
public record ListQuery(
    List<String> fields,
    Optional<List<Long>> ids,
    Optional<Long> customView,
    int page,
    int perPage,
    Optional<String> pageToken,
    String sortBy,
    boolean ascending,
    Converted converted,
    Optional<Long> territory,
    boolean includeChild,
    long parameters) {

  static final int MAXIMUM_PER_PAGE = 200;
  static final int MAXIMUM_FIELDS = 50;
  static final int ROWS_BY_PAGE = 2_000;
  static final int ROWS_BY_TOKEN = 100_000;
  private static final Pattern ID = Pattern.compile("\\d{1,18}|[1-8]\\d{18}");
  private static final List<String> SORTS = List.of("id", "Created_Time", "Modified_Time");
  private static final Set<String> UNBOUND = Set.of("page", "page_token");

  /** Which leads a list shows. */
  public enum Converted {
    FALSE,
    TRUE,
    BOTH;

    /** The condition on a table that tells converted rows, in words that its index knows. */
    public Sql rows() {
      return switch (this) {
        case FALSE -> Sql.sql("not t.\"converted__s\"");
        case TRUE -> Sql.sql("t.\"converted__s\"");
        case BOTH -> Sql.TRUE;
      };
    }
  }

  /**
   * @throws ApiError each documented error of the parameters
   */
  static ListQuery of(Call call) {
    return of(call, "desc", ListQuery::ids);
  }

  /**
   * @param order how the list is sorted when the client does not say
   * @param idReader what makes ids of the parameter {@code ids}
   */
  static ListQuery of(Call call, String order, Function<String, List<Long>> idReader) {
    List<String> fields = fields(call);
    if (fields.isEmpty() && call.version().listsNeedFields()) {
      throw ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", "fields");
    }
    refuseBoth(call, "cvid", "sort_by");
    refuseBoth(call, "page", "page_token");
    int perPage = number(call, "per_page", MAXIMUM_PER_PAGE, MAXIMUM_PER_PAGE);
    int page = number(call, "page", 1, Integer.MAX_VALUE);
    if (call.query("page_token").isEmpty() && (long) page * perPage > ROWS_BY_PAGE) {
      throw ErrorCode.DISCRETE_PAGINATION_LIMIT_EXCEEDED.with("limit", ROWS_BY_PAGE);
    }
    return new ListQuery(
        fields,
        call.query("ids").map(idReader),
        call.query("cvid").map(text -> id(text, "cvid")),
        page,
        perPage,
        call.query("page_token"),
        oneOf(call, "sort_by", SORTS, "id"),
        oneOf(call, "sort_order", List.of("asc", "desc"), order).equals("asc"),
        Converted.valueOf(
            oneOf(call, "converted", List.of("false", "true", "both"), "false")
                .toUpperCase(java.util.Locale.ROOT)),
        call.query("territory_id").map(text -> id(text, "territory_id")),
        call.query("include_child").orElse("").equals("true"),
        PageToken.parameters(call, call.rawPath().toLowerCase(java.util.Locale.ROOT), UNBOUND));
  }

  /** The names in {@code fields}, each once. */
  static List<String> fields(Call call) {
    List<String> fields =
        call.query("fields").stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    if (fields.size() > MAXIMUM_FIELDS && call.version().listsNeedFields()) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM_FIELDS).with("param_name", "fields");
    }
    return fields;
  }

  private static void refuseBoth(Call call, String one, String other) {
    if (call.query(one).isPresent() && call.query(other).isPresent()) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with(
          "ambiguity_due_to",
          List.of(java.util.Map.of("param_name", one), java.util.Map.of("param_name", other)));
    }
  }

  private static int number(Call call, String name, int otherwise, int maximum) {
    Optional<String> text = call.query(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get().strip());
      if (number >= 1 && number <= maximum) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw ErrorCode.PATTERN_NOT_MATCHED.with("param_name", name);
    }
    throw ErrorCode.PATTERN_NOT_MATCHED.with("param_name", name);
  }

  static List<Long> ids(String text) {
    return texts(text).stream().map(id -> id(id, "ids")).toList();
  }

  /** What stands between the commas. */
  static List<String> texts(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  /** Whether {@code text} is a positive 64-bit number. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static long id(String text, String name) {
    if (isId(text)) {
      return Long.parseLong(text);
    }
    throw ErrorCode.INVALID_DATA.with("param_name", name);
  }

  private static String oneOf(Call call, String name, List<String> supported, String otherwise) {
    String value = call.query(name).filter(text -> !text.isEmpty()).orElse(otherwise);
    if (!supported.contains(value)) {
      throw ErrorCode.INVALID_DATA.with("param_name", name).with("supported_values", supported);
    }
    return value;
  }
}
