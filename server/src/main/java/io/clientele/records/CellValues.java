package io.clientele.records;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.FieldType;
import io.clientele.metadata.types.FieldTypes;
import io.clientele.metadata.types.Moments;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Cells of CSV files as the JSON that rows of a body have: what the write path reads. A cell that
 * makes no sense for its field stays the text it is, so that the field's type says what is wrong
 * with it. Not for several threads at once.
 */
public final class CellValues {
  private static final Set<String> YES = Set.of("true", "yes", "1", "on", "selected");
  private static final Set<String> NO = Set.of("false", "no", "0", "off", "not selected");

  /** What files of the product's own write in front of ids. */
  private static final String ID_PREFIX = "zcrm_";

  /** Characters; matching takes a frame of the stack for each group. */
  private static final int LONGEST_NUMBER = 100;

  private static final Pattern GROUPED =
      Pattern.compile("-?\\d{1,3}(,\\d{2,3})*(,\\d{3})(\\.\\d*)?");
  private static final Pattern LIST = Pattern.compile("\\s*;\\s*");
  private static final Pattern TAGS = Pattern.compile("\\s*[;,]\\s*");

  private final Metadata metadata;
  private final ZoneId zone;
  private final Map<String, CellMoments> formats = new HashMap<>();
  private final Map<Long, Map<String, Long>> layouts = new HashMap<>();
  private final Map<String, Long> users = new HashMap<>();

  /**
   * @param zone of moments that do not name one
   */
  public CellValues(Metadata metadata, ZoneId zone) {
    this.metadata = metadata;
    this.zone = zone;
    for (UserName user : metadata.userNames()) {
      users.put(user.email().toLowerCase(Locale.ROOT), user.id());
      users.put(Long.toString(user.id()), user.id());
    }
  }

  /** The value of a cell in the usual form; null for an empty one. */
  public JsonNode read(Field field, String cell) {
    return read(field, cell, "");
  }

  /**
   * The value of a cell.
   *
   * @param format how its dates, moments or numbers are written, such as {@code dd.MM.yyyy} or
   *     {@code #.###,##}; empty for the usual forms
   */
  public JsonNode read(Field field, String cell, String format) {
    if (cell.isEmpty()) {
      return NullNode.getInstance();
    }
    FieldType type = field.type();
    if (type == FieldTypes.TAG) {
      return list(TAGS, cell);
    }
    return switch (field.dataType()) {
      case "boolean" -> flag(cell);
      case "date" -> date(cell.strip(), format);
      case "datetime", "event_reminder" -> moment(cell.strip(), format);
      case "integer", "bigint", "double", "percent", "currency" -> number(cell.strip(), format);
      case "multiselectpicklist" -> list(LIST, cell);
      case "ownerlookup", "userlookup" -> user(cell.strip());
      case "lookup", "multi_module_lookup", "module" -> id(cell.strip());
      default -> type.jsonType().startsWith("json") ? document(cell) : StringNode.valueOf(cell);
    };
  }

  /**
   * The layout that a cell names by its id or name, as rows of a body do; null when the module has
   * none of that name.
   */
  public JsonNode layout(Module module, String cell) {
    Long id =
        layouts
            .computeIfAbsent(module.id(), key -> layouts(module))
            .get(cell.strip().toLowerCase(Locale.ROOT));
    return id == null
        ? NullNode.getInstance()
        : Json.MAPPER.createObjectNode().put("id", Long.toString(id));
  }

  private static Map<String, Long> layouts(Module module) {
    var names = new HashMap<String, Long>();
    module
        .layouts()
        .forEach(
            layout -> {
              if (layout.active()) {
                names.putIfAbsent(layout.name().toLowerCase(Locale.ROOT), layout.id());
                names.putIfAbsent(layout.displayLabel().toLowerCase(Locale.ROOT), layout.id());
                names.put(Long.toString(layout.id()), layout.id());
              }
            });
    return names;
  }

  private static JsonNode flag(String cell) {
    String word = cell.strip().toLowerCase(Locale.ROOT);
    if (YES.contains(word)) {
      return BooleanNode.TRUE;
    }
    return NO.contains(word) ? BooleanNode.FALSE : StringNode.valueOf(cell);
  }

  private JsonNode date(String cell, String format) {
    return moments(format.isEmpty() ? CellMoments.DATE : format)
        .date(cell)
        .map(date -> (JsonNode) StringNode.valueOf(date.toString()))
        .orElseGet(() -> StringNode.valueOf(cell));
  }

  private JsonNode moment(String cell, String format) {
    if (Moments.parse(cell).isPresent()) {
      return StringNode.valueOf(cell);
    }
    return moments(format.isEmpty() ? CellMoments.MOMENT : format)
        .moment(cell)
        .map(moment -> (JsonNode) StringNode.valueOf(Moments.format(moment, zone)))
        .orElseGet(() -> StringNode.valueOf(cell));
  }

  private CellMoments moments(String format) {
    return formats.computeIfAbsent(format, pattern -> new CellMoments(pattern, zone));
  }

  /** Whether dates and moments can be read by a format. */
  public static boolean isMomentFormat(String format) {
    return new CellMoments(format, ZoneId.of("UTC")).isSound();
  }

  /** Digits in groups without their separators; signs of currencies and per cents count nothing. */
  private static JsonNode number(String cell, String format) {
    if (cell.length() > LONGEST_NUMBER) {
      return StringNode.valueOf(cell);
    }
    String bare = bare(cell);
    if (format.isEmpty()) {
      return StringNode.valueOf(GROUPED.matcher(bare).matches() ? bare.replace(",", "") : bare);
    }
    char point = format.lastIndexOf(',') > format.lastIndexOf('.') ? ',' : '.';
    int separators = (int) format.chars().filter(one -> one == point).count();
    boolean whole = separators > 1; // a format of groups alone
    String group = point == ',' ? "." : ",";
    String plain = bare.replace(group, "").replace(" ", "").replace("\u00a0", "").replace("'", "");
    return StringNode.valueOf(
        whole ? plain.replace(String.valueOf(point), "") : plain.replace(point, '.'));
  }

  private static String bare(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && isSign(cell.charAt(from))) {
      from++;
    }
    while (to > from && isSign(cell.charAt(to - 1))) {
      to--;
    }
    return cell.substring(from, to);
  }

  private static boolean isSign(char one) {
    return Character.getType(one) == Character.CURRENCY_SYMBOL || one == '%' || one == ' ';
  }

  private static JsonNode list(Pattern separator, String cell) {
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (String one : separator.split(cell.strip())) {
      if (!one.isEmpty()) {
        list.add(one);
      }
    }
    return list.isEmpty() ? NullNode.getInstance() : list;
  }

  /** A user by id or mail address. */
  private JsonNode user(String cell) {
    String bare = bareId(cell);
    Long id = users.get(bare.toLowerCase(Locale.ROOT));
    return StringNode.valueOf(id == null ? bare : Long.toString(id));
  }

  private static JsonNode id(String cell) {
    return StringNode.valueOf(bareId(cell));
  }

  /** An id without what files of the product's own write in front of it. */
  public static String bareId(String cell) {
    return cell.startsWith(ID_PREFIX) ? cell.substring(ID_PREFIX.length()) : cell;
  }

  private static JsonNode document(String cell) {
    try {
      return Json.MAPPER.readTree(cell);
    } catch (JacksonException e) {
      return StringNode.valueOf(cell);
    }
  }

  /** The user that a cell names, if there is one. */
  public Optional<Long> findUser(String cell) {
    return Optional.ofNullable(users.get(bareId(cell.strip()).toLowerCase(Locale.ROOT)));
  }
}
