package io.clientele.records.search;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import io.clientele.metadata.criteria.DayRange;
import io.clientele.metadata.criteria.Kind;
import io.clientele.records.SearchWords;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of one condition, checked and as criteria keep them. */
final class ConditionValues {
  private static final int MAXIMUM_DIGITS = 40;
  private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

  /** An offset, with or without its colon; a plus that nobody encoded has become a space. */
  private static final Pattern OFFSET = Pattern.compile("(.*\\d)([+ -])(\\d\\d):?(\\d\\d)");

  private final Metadata metadata;
  private final Module module;
  private final Field field;
  private final Kind kind;
  private final ZoneId zone;
  private final QueryProblem problem;

  ConditionValues(Metadata metadata, Module module, Field field, Kind kind, long userId) {
    this.metadata = metadata;
    this.module = module;
    this.field = field;
    this.kind = kind;
    this.zone = metadata.zoneOf(userId);
    this.problem = new QueryProblem(field.apiName());
  }

  /** A list, but for flags and moments that are compared with one. */
  JsonNode read(String operator, List<String> values) {
    if (values.contains("")) {
      throw problem.value(field.valueType(), "");
    }
    if (kind == Kind.FLAG) {
      return flag(values.getFirst());
    }
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (String value : values) {
      switch (kind) {
        case TEXT, CHOICES, TAGS -> list.add(value);
        case NUMBER -> list.add(number(value));
        case DATE -> list.add(date(value));
        case DATETIME -> list.add(moment(value));
        case USER -> users(operator, value).forEach(list::add);
        case REFERENCE -> list.add(reference(operator, value));
        case FLAG, LINKS, TERRITORIES -> throw problem.operator(operator);
      }
    }
    return sameKind(list);
  }

  private JsonNode flag(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> Json.MAPPER.getNodeFactory().booleanNode(true);
      case "false" -> Json.MAPPER.getNodeFactory().booleanNode(false);
      default -> throw problem.value("boolean", value);
    };
  }

  private String number(String value) {
    try {
      BigDecimal number = new BigDecimal(value);
      if (number.precision() <= MAXIMUM_DIGITS
          && Math.abs((long) number.scale()) <= MAXIMUM_DIGITS) {
        return number.toPlainString();
      }
    } catch (NumberFormatException e) {
      throw problem.value(field.valueType(), value);
    }
    throw problem.value(field.valueType(), value);
  }

  private String date(String value) {
    if (DayRange.of(value, SOME_DAY).isEmpty()) {
      throw problem.value("date", value);
    }
    return value;
  }

  private String moment(String value) {
    try {
      if (value.indexOf('T') > 0) {
        Matcher offset = OFFSET.matcher(value);
        if (offset.matches()) {
          String sign = offset.group(2).equals("-") ? "-" : "+";
          String time = offset.group(1) + sign + offset.group(3) + ":" + offset.group(4);
          return OffsetDateTime.parse(time).toString();
        }
        return value.endsWith("Z")
            ? OffsetDateTime.parse(value).toString()
            : LocalDateTime.parse(value, DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                .atZone(zone)
                .toOffsetDateTime()
                .toString();
      }
    } catch (DateTimeException e) {
      throw problem.value("datetime", value);
    }
    if (DayRange.of(value, SOME_DAY).isEmpty()) {
      throw problem.value("datetime", value);
    }
    return value;
  }

  /** The users of that id, address or name; nobody under an id that no one has. */
  private List<ObjectNode> users(String operator, String value) {
    if (PathId.parse(value).isPresent() || value.startsWith("${CURRENT")) {
      return List.of(withId(value));
    }
    List<ObjectNode> found =
        metadata.userNames().stream()
            .filter(user -> fits(operator, user, value))
            .map(user -> withId(Long.toString(user.id())))
            .toList();
    return found.isEmpty() ? List.of(withId("0")) : found;
  }

  private static boolean fits(String operator, UserName user, String value) {
    return switch (operator) {
      case "starts_with" ->
          user.name().toLowerCase(Locale.ROOT).startsWith(value.toLowerCase(Locale.ROOT));
      case "equals" ->
          user.email().equalsIgnoreCase(value)
              || (!SearchWords.words(value).isEmpty()
                  && Collections.indexOfSubList(
                          SearchWords.words(user.name()), SearchWords.words(value))
                      >= 0);
      default -> user.name().equalsIgnoreCase(value) || user.email().equalsIgnoreCase(value);
    };
  }

  /** A record, or those of that name. */
  private ObjectNode reference(String operator, String value) {
    boolean named = operator.equals("starts_with") || PathId.parse(value).isEmpty();
    if (!named) {
      return withId(value);
    }
    if (field.dataType().equals("layout")) {
      Optional<Layout> layout =
          module.layouts().stream().filter(one -> one.name().equalsIgnoreCase(value)).findFirst();
      return withId(layout.map(one -> Long.toString(one.id())).orElse("0"));
    }
    return Json.MAPPER.createObjectNode().put("name", value);
  }

  private static ObjectNode withId(String id) {
    return Json.MAPPER.createObjectNode().put("id", id);
  }

  /** Names and ids in one list are no question to ask. */
  private JsonNode sameKind(ArrayNode list) {
    Stream<JsonNode> objects = list.valueStream().filter(JsonNode::isObject);
    if (objects.map(one -> one.has("id")).distinct().count() > 1) {
      throw problem.value(field.valueType(), "");
    }
    return list;
  }
}
