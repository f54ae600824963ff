package io.clientele.http;

import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies of writing calls: rows that would be kept, with something wrong in them. */
final class BodyCases {
  private static final Map<String, Map<String, String>> VALID =
      Map.of(
          "Leads", Map.of("Last_Name", "\"Fuzz\"", "Company", "\"C\""),
          "Deals",
              Map.of(
                  "Deal_Name",
                  "\"D\"",
                  "Stage",
                  "\"Qualification\"",
                  "Closing_Date",
                  "\"2030-01-31\""),
          "Quotes", Map.of("Subject", "\"Q\"", "Quoted_Items", "[{\"Quantity\":2}]"),
          "Events",
              Map.of(
                  "Event_Title", "\"E\"",
                  "Start_DateTime", "\"2030-01-31T10:00:00+00:00\"",
                  "End_DateTime", "\"2030-01-31T11:00:00+00:00\""));
  private static final List<String> BESIDE =
      List.of(
          "trigger",
          "apply_feature_execution",
          "skip_feature_execution",
          "lar_id",
          "data",
          "ids",
          "duplicate_check_fields",
          "wf_trigger");
  private static final List<String> KEYS =
      List.of(
          "id",
          "Layout",
          "Owner",
          "Tag",
          "$se_module",
          "$x",
          "What_Id",
          "Participants",
          "_delete",
          "Product_Details",
          "x\\u0000",
          "\\ud800",
          "");

  private final String authorization;
  private final Metadata metadata;
  private final List<String> ids;

  /**
   * @param ids of records that are there
   */
  BodyCases(String authorization, Metadata metadata, List<String> ids) {
    this.authorization = authorization;
    this.metadata = metadata;
    this.ids = ids;
  }

  WireRequest next(Chance chance) {
    String module = chance.of("Leads", "Deals", "Quotes", "Events");
    boolean update = chance.in100(40);
    String target = "/crm/v8/" + module;
    if (update && chance.in100(50)) {
      target += "/" + chance.of(ids);
    }
    byte[] body = bytes(body(chance, module, update));
    return WireRequest.of(
        "body",
        update ? "PUT" : "POST",
        target,
        chance.in100(25) ? chance.mutate(body) : body,
        authorization,
        "Content-Type: "
            + chance.of("application/json", "text/plain", "application/json;charset=x"));
  }

  private String body(Chance chance, String module, boolean update) {
    return switch (chance.below(12)) {
      case 0 ->
          chance.of("", "{", "nul", "[]", "{}", "\"x\"", "{}{}", "{\"data\":[{}]}x", "\ufeff{}");
      case 1 -> Values.nested(chance);
      case 2 -> "{\"data\":" + Values.next(chance) + "}";
      case 3 -> "{\"data\":[" + Values.nested(chance) + "]}";
      case 4 ->
          "{\""
              + chance.of(BESIDE)
              + "\":"
              + Values.next(chance)
              + ","
              + data(chance, module, update)
              + "}";
      case 5 -> "{" + data(chance, module, update) + "," + data(chance, module, update) + "}";
      default -> "{" + data(chance, module, update) + "}";
    };
  }

  private String data(Chance chance, String module, boolean update) {
    var rows = new StringBuilder(row(chance, module, update));
    for (int i = chance.in100(10) ? chance.below(120) : chance.below(2); i > 0; i--) {
      rows.append(',').append(chance.in100(5) ? Values.next(chance) : row(chance, module, update));
    }
    return "\"data\":[" + rows + "]";
  }

  private String row(Chance chance, String module, boolean update) {
    var row = new LinkedHashMap<String, String>(VALID.getOrDefault(module, Map.of()));
    if (update) {
      row.put("id", "\"" + chance.of(ids) + "\"");
    }
    List<Field> fields = metadata.require(module).fields();
    for (int i = chance.below(3); i >= 0; i--) {
      String name = chance.in100(85) ? chance.of(fields).apiName() : chance.of(KEYS);
      row.put(name, value(chance, module, name));
    }
    return object(row) + (chance.in100(2) ? "," : "");
  }

  private String value(Chance chance, String module, String name) {
    boolean rows = name.equals("Quoted_Items") || name.equals("Participants") || name.equals("Tag");
    if (!rows || chance.in100(40)) {
      return chance.in100(3) ? Values.nested(chance) : Values.next(chance);
    }
    String inner = metadata.find(name).isPresent() ? name : module;
    var row = new LinkedHashMap<String, String>();
    row.put(chance.of(metadata.require(inner).fields()).apiName(), Values.next(chance));
    row.put(chance.of("id", "name", "type", "participant", "Product_Name"), Values.next(chance));
    return "[" + object(row) + "]";
  }

  private static String object(Map<String, String> row) {
    var text = new StringBuilder("{");
    row.forEach(
        (name, value) ->
            text.append(text.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return text.append('}').toString();
  }

  /** UTF-8, in which a lone surrogate keeps its three bytes though they are not allowed. */
  private static byte[] bytes(String text) {
    var bytes = new ByteArrayOutputStream();
    text.codePoints()
        .forEach(
            point -> {
              if (point >= 0xd800 && point <= 0xdfff) {
                bytes.write(0xe0 | point >> 12);
                bytes.write(0x80 | point >> 6 & 0x3f);
                bytes.write(0x80 | point & 0x3f);
              } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }
}
