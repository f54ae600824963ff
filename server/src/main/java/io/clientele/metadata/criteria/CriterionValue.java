package io.clientele.metadata.criteria;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The value of one comparison: checked against the field's kind and the comparator. */
final class CriterionValue {
  private static final int MAXIMUM_TEXT = 255;
  private static final int MAXIMUM_VALUES = 500;
  private static final int MAXIMUM_LINKS = 5;
  private static final int MAXIMUM_DIGITS = 40;

  /** Any day will do to see whether a word names days. */
  private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

  private final Transaction tx;
  private final Metadata metadata;
  private final Field field;
  private final Kind kind;
  private final String path;

  /**
   * @param path where the criterion stands
   */
  CriterionValue(Transaction tx, Metadata metadata, Field field, Kind kind, String path) {
    this.tx = tx;
    this.metadata = metadata;
    this.field = field;
    this.kind = kind;
    this.path = path;
  }

  /** The value in {@code criterion} as it is kept. */
  JsonNode check(JsonNode criterion) {
    JsonNode value = criterion.path("value");
    String comparator = criterion.path("comparator").asString("");
    if (!criterion.hasNonNull("value")) {
      throw Criteria.missing("value", path + ".value", path);
    }
    if (isEmptyTest(value)) {
      if (!comparator.equals("equal")) {
        throw notWith(at());
      }
      return value;
    }
    return switch (comparator) {
      case "between", "not_between" -> list(value, comparator, 2, 2);
      case "in", "not_in" -> list(value, comparator, 1, MAXIMUM_VALUES);
      case "include_all", "include_any", "exclude_all", "exclude_any" ->
          list(value, comparator, 1, MAXIMUM_LINKS);
      case "less_than", "less_equal", "greater_than", "greater_equal" ->
          single(value, comparator, at());
      default ->
          value.isArray()
              ? list(value, comparator, 1, MAXIMUM_VALUES)
              : single(value, comparator, at());
    };
  }

  private static boolean isEmptyTest(JsonNode value) {
    return value.isString()
        && (value.asString().equals("${EMPTY}") || value.asString().equals("${NOTEMPTY}"));
  }

  private JsonNode list(JsonNode value, String comparator, int minimum, int maximum) {
    if (!value.isArray()) {
      throw mismatch("comparator", path + ".comparator", at())
          .with("expected_data_type", "jsonarray");
    }
    if (value.size() < minimum || value.size() > maximum) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at("value", at())
          .with(
              value.size() < minimum ? "minimum_length" : "maximum_length",
              value.size() < minimum ? minimum : maximum);
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (int i = 0; i < value.size(); i++) {
      kept.add(single(value.get(i), comparator, at() + "[" + i + "]"));
    }
    return kept;
  }

  private JsonNode single(JsonNode value, String comparator, String at) {
    return switch (kind) {
      case TEXT, CHOICES, TAGS -> text(value, at);
      case NUMBER -> number(value, at);
      case FLAG -> flag(value, at);
      case DATE, DATETIME -> moment(value, comparator, at);
      case USER -> user(value, at);
      case REFERENCE -> record(value, at, field.modules());
      case LINKS -> linked(value, comparator, at);
      case TERRITORIES -> territory(value, at);
    };
  }

  private JsonNode text(JsonNode value, String at) {
    if (!value.isString() || value.asString().indexOf('\0') >= 0) {
      throw wrongType(at);
    }
    String text = value.asString();
    if (text.codePointCount(0, text.length()) > MAXIMUM_TEXT) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MAXIMUM_TEXT).at("value", at);
    }
    return value;
  }

  /** A number, bare or as digits, of a size any column has. */
  private JsonNode number(JsonNode value, String at) {
    try {
      BigDecimal number =
          value.isNumber()
              ? value.decimalValue()
              : new BigDecimal(value.isString() ? value.asString().strip() : "none");
      if (number.precision() <= MAXIMUM_DIGITS
          && Math.abs((long) number.scale()) <= MAXIMUM_DIGITS) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrongType(at);
    }
    throw wrongType(at);
  }

  private JsonNode flag(JsonNode value, String at) {
    if (!value.isBoolean()) {
      throw wrongType(at);
    }
    return value;
  }

  private JsonNode moment(JsonNode value, String comparator, String at) {
    if (!value.isString() || DayRange.of(value.asString(), SOME_DAY).isEmpty()) {
      throw wrongType(at);
    }
    String text = value.asString();
    boolean word = text.startsWith("${");
    boolean fits =
        DayRange.isDistance(text) ? !comparator.endsWith("between") : comparator.equals("equal");
    if (word && !fits) {
      throw notWith(at);
    }
    return value;
  }

  /** A user, a role of users, whoever looks, or the role of whoever looks. */
  private JsonNode user(JsonNode value, String at) {
    JsonNode id = value.isObject() ? value.path("id") : value;
    String word = value.isObject() ? value.path("name").asString("") : value.asString("");
    if (word.equals("${CURRENTUSER}") || id.asString("").equals("${CURRENTUSERROLE}")) {
      return value;
    }
    Optional<Long> known = id(value, id, at);
    String name = known.map(this::userOrRole).orElse(null);
    if (name == null) {
      throw ErrorCode.INVALID_DATA.error().at("id", at + ".id");
    }
    return named(known.get(), name);
  }

  private @Nullable String userOrRole(long id) {
    UserName user = metadata.userName(id);
    return user != null ? user.name() : metadata.roleName(id).orElse(null);
  }

  private JsonNode territory(JsonNode value, String at) {
    JsonNode id = value.isObject() ? value.path("id") : value;
    return id(value, id, at)
        .map(metadata.people().territories()::get)
        .map(found -> named(found.id(), found.name()))
        .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("id", at + ".id"));
  }

  private JsonNode linked(JsonNode value, String comparator, String at) {
    if (comparator.equals("equal")) {
      throw notWith(at());
    }
    if (field.dataType().equals("multiuserlookup")) {
      return user(value, at);
    }
    return record(value, at, List.of(field.linking().orElseThrow().connectedModule()));
  }

  private JsonNode record(JsonNode value, String at, List<String> modules) {
    JsonNode id = value.isObject() ? value.path("id") : value;
    long known =
        id(value, id, at).orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("id", at + ".id"));
    if (field.dataType().equals("layout")) {
      return metadata
          .findLayout(known)
          .map(layout -> named(known, layout.name()))
          .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("id", at + ".id"));
    }
    for (String module : modules) {
      Optional<String> name = metadata.find(module).flatMap(to -> nameOf(to, known));
      if (name.isPresent()) {
        return named(known, name.get());
      }
    }
    throw ErrorCode.INVALID_DATA.error().at("id", at + ".id");
  }

  private Optional<String> nameOf(Module module, long id) {
    if (!module.hasTable() || !ModuleTables.exists(tx, metadata.org(), module)) {
      return Optional.empty();
    }
    String name = module.nameField().map(Field::column).orElse("id");
    return tx.find(
        sql(
            "select coalesce(t."
                + Sql.identifier(name)
                + "::text, '') from "
                + metadata.org().table(module.table())
                + " t where t.\"id\" = ?",
            id),
        row -> row.getString(1));
  }

  /** The id that {@code value} names; it must be an object with one, or digits. */
  private Optional<Long> id(JsonNode value, JsonNode id, String at) {
    if (!value.isObject() && !value.isString() && !value.isIntegralNumber()) {
      throw wrongType(at);
    }
    if (value.isObject() && !value.hasNonNull("id")) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("id", at + ".id");
    }
    return PathId.parse(id.asString(""));
  }

  private static ObjectNode named(long id, String name) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("name", name);
    node.put("id", Long.toString(id));
    return node;
  }

  private String at() {
    return path + ".value";
  }

  private ApiError wrongType(String at) {
    return mismatch("api_name", path + ".field.api_name", at)
        .with("expected_data_type", kind.expected());
  }

  /** A value that this comparator cannot be with. */
  private ApiError notWith(String at) {
    return mismatch("comparator", path + ".comparator", at);
  }

  private static ApiError mismatch(String name, String namePath, String at) {
    return ErrorCode.DEPENDENT_MISMATCH
        .with("dependee", Criteria.dependee(name, namePath))
        .at("value", at);
  }
}
