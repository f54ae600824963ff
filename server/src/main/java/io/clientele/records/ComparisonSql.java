package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Tag;
import io.clientele.metadata.UserName;
import io.clientele.metadata.criteria.Kind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One comparison of a field as a condition. Rows without a value are unlike every value: {@code
 * not_equal} and its like select them.
 *
 * @param column the field's column, or an expression for it
 * @param words the row's {@link io.clientele.metadata.SearchColumn}, if texts may be looked up in
 *     it because it has the field's; else empty
 */
public record ComparisonSql(
    Metadata metadata,
    long userId,
    Kind kind,
    String column,
    String words,
    LocalDate today,
    ZoneId zone) {
  /** Of searches alone: the text has the words of the value, one after the other. */
  static final String HAS_WORDS = "has_words";

  private static final Sql NOTHING = sql("false");
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

  /** The condition; {@code value} is one value or an array of them. */
  public Sql of(String comparator, JsonNode value) {
    if (isEmpty(value)) {
      return sql(column + (comparator.equals("not_equal") ? " is not null" : " is null"));
    }
    if (value.isString() && value.asString().equals("${NOTEMPTY}")) {
      return sql(column + " is not null");
    }
    if (value.isArray() && value.isEmpty()) {
      return NOTHING;
    }
    return comparator.startsWith("not_") ? not(comparator, value) : is(comparator, value);
  }

  static boolean isEmpty(JsonNode value) {
    return value.isNull() || value.isString() && value.asString().equals("${EMPTY}");
  }

  private Sql not(String comparator, JsonNode value) {
    Sql is = is(comparator.substring("not_".length()), value);
    if (kind == Kind.FLAG) {
      return new Sql("not (" + is.text() + ")", is.binds());
    }
    return new Sql("(" + column + " is null or not (" + is.text() + "))", is.binds());
  }

  private Sql is(String comparator, JsonNode value) {
    List<JsonNode> values = value.isArray() ? value.valueStream().toList() : List.of(value);
    return switch (kind) {
      case TEXT -> text(comparator, strings(values));
      case NUMBER -> number(comparator, strings(values));
      case FLAG -> sql(column + (flag(values.getFirst()) ? " is true" : " is not true"));
      case DATE, DATETIME ->
          new MomentSql(column, kind == Kind.DATE, today, zone).of(comparator, strings(values));
      case REFERENCE, USER -> references(values);
      case CHOICES -> choices(comparator, strings(values));
      case TAGS -> tags(comparator, strings(values));
      case LINKS -> NOTHING;
      case TERRITORIES -> territories(values);
    };
  }

  private static List<String> strings(List<JsonNode> values) {
    return values.stream().map(value -> value.asString("")).toList();
  }

  private static boolean flag(JsonNode value) {
    return value.isString()
        ? value.asString().equals("true") || value.asString().equals("${TRUE}")
        : value.asBoolean(false);
  }

  /** Texts are alike whatever their case. */
  private Sql text(String comparator, List<String> values) {
    return switch (comparator) {
      case "equal", "in" ->
          lookup(values.stream().map(SearchWords::words).map(TextQuery::all).toList())
              .and(
                  new Sql(
                      "lower(" + column + ") in (" + repeat("lower(?)", values.size()) + ")",
                      List.copyOf(values)));
      case HAS_WORDS -> hasWords(values.getFirst());
      case "starts_with" ->
          lookup(values.stream().map(SearchWords::words).map(TextQuery::beginning).toList())
              .and(any(column + " ilike ?", patterns(comparator, values)));
      default -> any(column + " ilike ?", patterns(comparator, values));
    };
  }

  private Sql hasWords(String value) {
    List<String> found = SearchWords.words(value);
    if (found.isEmpty()) {
      return any(column + " ilike ?", patterns("contains", List.of(value)));
    }
    String sequence = "(^|[^[:alnum:]])" + String.join("[^[:alnum:]]+", found) + "([^[:alnum:]]|$)";
    return lookup(List.of(TextQuery.all(found))).and(sql(column + " ~* ?", sequence));
  }

  /** Narrows to rows that the index finds; the comparison itself decides. */
  private Sql lookup(List<String> queries) {
    return words.isEmpty() || queries.contains("")
        ? Sql.TRUE
        : sql(words + " @@ ?::tsquery", "(" + String.join(") | (", queries) + ")");
  }

  private static List<String> patterns(String comparator, List<String> values) {
    return values.stream()
        .map(
            value ->
                switch (comparator) {
                  case "starts_with" -> plain(value) + "%";
                  case "ends_with" -> "%" + plain(value);
                  case "like" -> "%" + plain(value).replace("\\%", "%") + "%";
                  default -> "%" + plain(value) + "%";
                })
        .toList();
  }

  private static String plain(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private Sql number(String comparator, List<String> values) {
    // as an integer where it is one: an index on integers knows no decimals
    boolean integers = values.stream().allMatch(value -> INTEGER.matcher(value).matches());
    String bind = integers ? "?::bigint" : "?::numeric";
    return switch (comparator) {
      case "equal", "in" ->
          new Sql(column + " in (" + repeat(bind, values.size()) + ")", List.copyOf(values));
      case "between" ->
          values.size() == 2
              ? new Sql(column + " between " + bind + " and " + bind, List.copyOf(values))
              : NOTHING;
      case "less_than" -> sql(column + " < " + bind, values.getFirst());
      case "less_equal" -> sql(column + " <= " + bind, values.getFirst());
      case "greater_than" -> sql(column + " > " + bind, values.getFirst());
      case "greater_equal" -> sql(column + " >= " + bind, values.getFirst());
      default -> NOTHING;
    };
  }

  private Sql references(List<JsonNode> values) {
    List<Long> ids =
        values.stream().flatMap(value -> ids(metadata, value, userId).stream()).distinct().toList();
    return sql(column + " = any(?)", (Object) ids.toArray(Long[]::new));
  }

  /** In one of them at least. */
  private Sql territories(List<JsonNode> values) {
    Long[] ids =
        values.stream()
            .map(value -> (value.isObject() ? value.path("id") : value).asString(""))
            .flatMap(id -> PathId.parse(id).stream())
            .toArray(Long[]::new);
    return sql(column + " && ?::bigint[]", (Object) ids);
  }

  /** The ids that a value names: those of records, of users, or of the users of a role. */
  static List<Long> ids(Metadata metadata, JsonNode value, long userId) {
    String id = (value.isObject() ? value.path("id") : value).asString("");
    String name = value.path("name").asString("");
    if (id.equals("${CURRENTUSER}") || name.equals("${CURRENTUSER}")) {
      return List.of(userId);
    }
    UserName user = metadata.userName(userId);
    long known =
        id.equals("${CURRENTUSERROLE}") && user != null
            ? user.roleId()
            : PathId.parse(id).orElse(0L);
    return metadata.roleName(known).isEmpty()
        ? List.of(known)
        : metadata.userNames().stream()
            .filter(one -> one.roleId() == known)
            .map(UserName::id)
            .toList();
  }

  /** {@code equal}: exactly these values; {@code in} and {@code contains}: one of them at least. */
  private Sql choices(String comparator, List<String> values) {
    String array = "array[" + repeat("?", values.size()) + "]::text[]";
    return switch (comparator) {
      case "equal" ->
          new Sql(
              "(" + column + " @> " + array + " and " + column + " <@ " + array + ")",
              Stream.<Object>concat(values.stream(), values.stream()).toList());
      case "in", "contains" -> new Sql(column + " && " + array, List.copyOf(values));
      default -> {
        Sql matches = any("v ilike ?", patterns(comparator, values));
        yield new Sql(
            "exists (select from unnest(" + column + ") as v where " + matches.text() + ")",
            matches.binds());
      }
    };
  }

  private Sql tags(String comparator, List<String> names) {
    List<Long> ids = new ArrayList<>();
    for (Tag tag : metadata.tags()) {
      boolean fits =
          names.stream()
              .anyMatch(
                  name ->
                      comparator.equals("contains")
                          ? tag.name()
                              .toLowerCase(java.util.Locale.ROOT)
                              .contains(name.toLowerCase(java.util.Locale.ROOT))
                          : tag.name().equalsIgnoreCase(name));
      if (fits) {
        ids.add(tag.id());
      }
    }
    return sql(column + " && ?::bigint[]", (Object) ids.toArray(Long[]::new));
  }

  private static Sql any(String condition, List<String> values) {
    return new Sql(
        "(" + String.join(" or ", Collections.nCopies(values.size(), condition)) + ")",
        List.copyOf(values));
  }

  private static String repeat(String bind, int times) {
    return String.join(", ", Collections.nCopies(times, bind));
  }
}
