package io.clientele.bulk.read;

import io.clientele.coql.Named;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.PathId;
import io.clientele.metadata.criteria.DayRange;
import io.clientele.metadata.criteria.Kind;
import io.clientele.metadata.types.Moments;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/** The value of one comparison. */
record CriterionValue(Named named, Kind kind, String comparator) {
  private static final int MAXIMUM_VALUES = 200;
  private static final int LONGEST = 255;
  private static final int DIGITS = 40;
  private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

  /**
   * The value as it is kept.
   *
   * @throws ApiError what is wrong with it
   */
  JsonNode check(JsonNode sent) {
    boolean range = comparator.endsWith("between");
    boolean list = range || comparator.equals("in") || comparator.equals("not_in");
    JsonNode value = list ? elements(sent) : sent;
    if (value.isArray() != list
        || (list && value.isEmpty())
        || (range && value.size() != 2)
        || (isWord(value) && !comparator.endsWith("equal"))) {
      throw about(ErrorCode.COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE, value)
          .with("comparator", comparator)
          .with("type", named.dataType());
    }
    if (value.size() > MAXIMUM_VALUES && value.isArray()) {
      throw ErrorCode.VALUE_LIMIT_EXCEEDED_IN_CRITERIA.with("max_limit", MAXIMUM_VALUES);
    }
    if (list) {
      ArrayNode kept = Json.MAPPER.createArrayNode();
      value.forEach(each -> kept.add(one(each)));
      return kept;
    }
    return isWord(value) ? value : one(value);
  }

  /** The official client for Node writes a list of texts as {@code {"0":…,"1":…}}. */
  private static JsonNode elements(JsonNode value) {
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (int i = 0; value.isObject() && i < value.size(); i++) {
      list.add(value.path(Integer.toString(i)));
    }
    boolean numbered = !list.isEmpty() && list.valueStream().noneMatch(JsonNode::isMissingNode);
    return numbered ? list : value;
  }

  /** What any field is compared with: that there is no value, or one. */
  private static boolean isWord(JsonNode value) {
    return value.isString()
        && (value.asString().equals("${EMPTY}") || value.asString().equals("${NOTEMPTY}"));
  }

  /** Of a reference the id alone is kept. */
  private JsonNode one(JsonNode value) {
    boolean fits =
        switch (kind) {
          case TEXT, CHOICES, TAGS -> value.isString() || value.isNumber();
          case NUMBER -> isNumber(value);
          case DATE, DATETIME -> value.isString() && isMoment(value.asString());
          case FLAG -> value.isBoolean() || value.asString("").matches("true|false");
          case REFERENCE, USER, TERRITORIES -> isReference(value);
          case LINKS -> false;
        };
    if (!fits) {
      throw ErrorCode.VALUE_TYPE_NOT_SUPPORTED
          .with("api_name", named.path())
          .with("supported", List.of(kind.expected()));
    }
    if (value.asString("").length() > LONGEST) {
      throw about(ErrorCode.VALUE_IN_CRITERIA_NOT_SUPPORTED, value)
          .with("comparator", comparator)
          .with("type", named.dataType());
    }
    return value.isObject() ? StringNode.valueOf(value.path("id").asString("")) : value;
  }

  private static boolean isNumber(JsonNode value) {
    if (!value.isNumber() && !value.isString()) {
      return false;
    }
    try {
      String digits = value.asString().strip();
      if (digits.length() > DIGITS) {
        return false;
      }
      return Math.abs((long) new BigDecimal(digits).scale()) <= DIGITS;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isMoment(String text) {
    return text.length() <= LONGEST
        && (Moments.parse(text).isPresent() || DayRange.of(text, SOME_DAY).isPresent());
  }

  private boolean isReference(JsonNode value) {
    String id = (value.isObject() ? value.path("id") : value).asString("");
    return PathId.parse(id).isPresent()
        || (kind == Kind.USER && List.of("${CURRENTUSER}", "${CURRENTUSERROLE}").contains(id));
  }

  private ApiError about(ErrorCode code, JsonNode value) {
    return code.with("api_name", named.path())
        .with("value", value.isValueNode() ? value.asString("") : value.toString());
  }
}
