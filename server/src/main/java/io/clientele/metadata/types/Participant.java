package io.clientele.metadata.types;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who takes part in a meeting.
 *
 * @param id of this one in this meeting; 0 until the meeting is written
 * @param type user, contact, lead or email
 * @param who the id of the record or user, or the address
 * @param email the address, as far as it is known
 * @param name how a client called someone who is only an address
 * @param moduleId the module of a record; 0 for others
 */
public record Participant(
    long id,
    String type,
    String who,
    @Nullable String email,
    @Nullable String name,
    long moduleId,
    boolean invited,
    String status) {
  /** What is known of someone who was not asked, or did not answer. */
  public static final String NOT_KNOWN = "not_known";

  static final String EMAIL = "email";
  static final String USER = "user";

  /** Of the types that are records, the module. */
  public static final Map<String, String> MODULES = Map.of("contact", "Contacts", "lead", "Leads");

  private static final List<String> TYPES = List.of("contact", "lead", "user", EMAIL);
  private static final int LONGEST_NAME = 255;

  /** The meetings of a table aliased {@code t} in which a record takes part. */
  public static Sql takesPart(String column, long recordId) {
    ArrayNode example = Json.MAPPER.createArrayNode();
    example.addObject().put("participant", Long.toString(recordId));
    return Sql.sql(
        "t." + Sql.identifier(column) + " @> ?::jsonb", Json.MAPPER.writeValueAsString(example));
  }

  public boolean isUser() {
    return type.equals(USER);
  }

  /** The module whose record it is, for those that are one. */
  public Optional<String> module() {
    return Optional.ofNullable(MODULES.get(type));
  }

  /** Whether both are the same person in the same part. */
  public boolean isSame(Participant other) {
    return type.equals(other.type) && who.equalsIgnoreCase(other.who);
  }

  /** The same with what the meeting's own record knows of it. */
  public Participant as(long newId, boolean nowInvited, String newStatus) {
    return new Participant(newId, type, who, email, name, moduleId, nowInvited, newStatus);
  }

  /** The same with what its record or user says. */
  public Participant found(long inModule, @Nullable String address) {
    return new Participant(id, type, who, address, name, inModule, invited, status);
  }

  /** One element of what a client sent, at {@code path}. */
  static Participant sent(JsonNode json, Field field, String path) {
    if (!json.isObject()) {
      throw Invalid.type("jsonobject", field, path);
    }
    if (json.path("type").isMissingNode() || json.path("type").isNull()) {
      throw Invalid.missing("type", path + ".type");
    }
    String type = json.path("type").asString("");
    if (!TYPES.contains(type)) {
      throw Invalid.keyOneOf(TYPES, "type", path + ".type");
    }
    JsonNode invited = json.path("invited");
    if (!invited.isMissingNode() && !invited.isNull() && !invited.isBoolean()) {
      throw Invalid.key("boolean", "invited", path + ".invited");
    }
    String name = text(json, "name", LONGEST_NAME, path);
    String who = type.equals(EMAIL) ? address(json, path) : recordId(json, path);
    String email = type.equals(EMAIL) ? who : null;
    return new Participant(0, type, who, email, name, 0, invited.asBoolean(false), NOT_KNOWN);
  }

  private static String address(JsonNode json, String path) {
    String key = json.path("Email").isMissingNode() ? "participant" : "Email";
    String address = text(json, key, 100, path);
    if (address == null) {
      throw Invalid.missing("Email", path + ".Email");
    }
    if (!EmailType.isAddress(address)) {
      throw Invalid.key(EMAIL, key, path + "." + key);
    }
    return address;
  }

  private static String recordId(JsonNode json, String path) {
    JsonNode value = json.path("participant");
    if (value.isMissingNode() || value.isNull()) {
      throw Invalid.missing("participant", path + ".participant");
    }
    JsonNode id = value.isObject() ? value.path("id") : value;
    return Numbers.whole(id)
        .filter(number -> number > 0)
        .map(number -> Long.toString(number))
        .orElseThrow(() -> unknown(path));
  }

  /** The id of a participant names nobody. */
  public static io.clientele.error.ApiError unknown(String path) {
    return ErrorCode.INVALID_DATA
        .error()
        .message("the id given seems to be invalid")
        .at("participant", path + ".participant");
  }

  private static @Nullable String text(JsonNode json, String key, int longest, String path) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString() || value.stringValue().indexOf('\0') >= 0) {
      throw Invalid.key("text", key, path + "." + key);
    }
    if (value.stringValue().length() > longest) {
      throw Invalid.keyLength(longest, key, path + "." + key);
    }
    return value.stringValue().isBlank() ? null : value.stringValue().strip();
  }

  /** Those in a value of the field, as it is kept. */
  public static List<Participant> list(@Nullable String kept) {
    var list = new ArrayList<Participant>();
    for (JsonNode json :
        kept == null ? Json.MAPPER.createArrayNode() : Json.MAPPER.readTree(kept)) {
      list.add(
          new Participant(
              json.path("id").asLong(0),
              json.path("type").asString(),
              json.path("participant").asString(),
              json.path("Email").asString(null),
              json.path("name").asString(null),
              json.path("module").asLong(0),
              json.path("invited").asBoolean(false),
              json.path("status").asString(NOT_KNOWN)));
    }
    return list;
  }

  /** How they are kept. */
  public static String kept(List<Participant> list) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    for (Participant one : list) {
      ObjectNode json = array.addObject();
      json.put("id", Long.toString(one.id)).put("type", one.type).put("participant", one.who);
      json.put("Email", one.email).put("name", one.name).put("module", one.moduleId);
      json.put("invited", one.invited).put("status", one.status);
    }
    return Json.MAPPER.writeValueAsString(array);
  }
}
