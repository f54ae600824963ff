package io.clientele.coql;

import io.clientele.http.Json;
import io.clientele.metadata.criteria.DayRange;
import io.clientele.metadata.criteria.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The values of a criterion, checked and as criteria keep them. */
record Values(Named named, Kind kind, ZoneId zone) {
  private static final int MAXIMUM_DIGITS = 40;
  private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

  /** An offset without its colon. */
  private static final Pattern OFFSET = Pattern.compile("(.*[+-]\\d\\d)(\\d\\d)");

  /**
   * @throws io.clientele.error.ApiError INVALID_QUERY when a field of this type has no such value
   */
  void checked(String value) {
    if (named.isId()) {
      id(value);
    } else {
      read(value);
    }
  }

  /** One value; several choices are parted by semicolons. */
  List<JsonNode> read(String value) {
    return switch (kind) {
      case TEXT, TAGS -> List.of(text(value));
      case CHOICES -> Arrays.stream(value.split(";")).map(one -> text(one.strip())).toList();
      case NUMBER -> List.of(text(number(value)));
      case DATE -> List.of(text(day(value)));
      case DATETIME -> List.of(text(moment(value)));
      case FLAG -> List.of(Json.MAPPER.getNodeFactory().booleanNode(flag(value)));
      case REFERENCE, USER -> List.of(text(reference(value)));
      case LINKS, TERRITORIES -> throw Problem.value(named.path(), named.dataType());
    };
  }

  long id(String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw Problem.value(named.path(), "bigint");
    }
  }

  private static JsonNode text(String value) {
    return Json.MAPPER.getNodeFactory().stringNode(value);
  }

  private String reference(String value) {
    return value.startsWith("${CURRENT") ? value : Long.toString(id(value));
  }

  private boolean flag(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Problem.value(named.path(), "boolean");
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
      throw Problem.value(named.path(), named.dataType());
    }
    throw Problem.value(named.path(), named.dataType());
  }

  private String day(String value) {
    if (!isDay(value)) {
      throw Problem.value(named.path(), "date");
    }
    return value;
  }

  private static boolean isDay(String value) {
    return (value.startsWith("${") || value.length() == 10)
        && DayRange.of(value, SOME_DAY).isPresent();
  }

  private String moment(String value) {
    if (value.indexOf('T') != 10) {
      if (!isDay(value)) {
        throw Problem.value(named.path(), "datetime");
      }
      return value;
    }
    try {
      Matcher offset = OFFSET.matcher(value);
      String form = offset.matches() ? offset.group(1) + ":" + offset.group(2) : value;
      boolean local = !form.endsWith("Z") && form.indexOf('+') < 0 && form.lastIndexOf('-') < 10;
      OffsetDateTime moment =
          local
              ? LocalDateTime.parse(form).atZone(zone).toOffsetDateTime()
              : OffsetDateTime.parse(form);
      if (moment.getYear() < 1000 || moment.getYear() > 9998) {
        throw Problem.value(named.path(), "datetime");
      }
      return moment.toString();
    } catch (DateTimeException e) {
      throw Problem.value(named.path(), "datetime");
    }
  }
}
