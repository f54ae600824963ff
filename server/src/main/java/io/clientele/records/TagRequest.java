package io.clientele.records;

import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.tags.TagRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tags and records of a call that adds or removes tags. Newer clients name them in the body,
 * older ones in the parameters {@code tag_names}, {@code ids} and {@code over_write}.
 */
record TagRequest(Call call, JsonNode body) {
  private static final int MAXIMUM_RECORDS = 500;
  private static final int MAXIMUM_TAGS = 200;
  private static final int ANY_LENGTH = 10_000;
  private static final Shape TAG =
      Shape.empty().id("id").text("name", ANY_LENGTH).text("color_code", ANY_LENGTH);

  /** A tag by its id or, when it has none, by its name. */
  record Named(@Nullable Long id, String name, @Nullable String colorCode, String path) {}

  static TagRequest of(Call call) {
    boolean inQuery = call.query("tag_names").isPresent();
    return new TagRequest(call, inQuery ? Json.MAPPER.createObjectNode() : call.json());
  }

  /**
   * @throws io.clientele.error.ApiError MANDATORY_NOT_FOUND, INVALID_DATA or EXPECTED_FIELD_MISSING
   */
  List<Named> tags() {
    var tags = new ArrayList<Named>();
    if (call.query("tag_names").isPresent()) {
      for (String name : call.requiredQuery("tag_names").split(",")) {
        TagRules.checkName(name.strip(), "tag_names", "tag_names");
        tags.add(new Named(null, name.strip(), null, "tag_names"));
      }
      return tags;
    }
    for (Item item : Item.list(body, "tags", MAXIMUM_TAGS)) {
      TAG.check(item);
      tags.add(tag(item));
    }
    return tags;
  }

  private static Named tag(Item item) {
    String name = item.text("name").strip();
    if (!item.has("id") && name.isEmpty()) {
      throw ErrorCode.EXPECTED_FIELD_MISSING.with(
          "expected_fields", List.of(item.place("id"), item.place("name")));
    }
    if (item.has("id")) {
      return new Named(item.json().path("id").asLong(), name, null, item.path());
    }
    TagRules.checkName(name, "name", item.at("name"));
    String color = item.has("color_code") ? item.text("color_code") : null;
    if (color != null) {
      TagRules.checkColor(color, item.at("color_code"));
    }
    return new Named(null, name, color, item.path());
  }

  /** The ids of the records, as the client wrote them: some may be none. */
  List<String> ids() {
    JsonNode ids = body.path("ids");
    if (ids.isMissingNode() || ids.isNull()) {
      return call.query("ids")
          .filter(text -> !text.isBlank())
          .map(text -> limited(Arrays.stream(text.split(",")).map(String::strip).toList()))
          .orElseThrow(() -> ErrorCode.MANDATORY_NOT_FOUND.error().at("ids", "$.ids"));
    }
    if (!ids.isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at("ids", "$.ids");
    }
    return limited(ids.valueStream().map(id -> id.asString("")).toList());
  }

  private static List<String> limited(List<String> ids) {
    if (ids.isEmpty()) {
      throw ErrorCode.INVALID_DATA.error().at("ids", "$.ids");
    }
    if (ids.size() > MAXIMUM_RECORDS) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MAXIMUM_RECORDS).at("ids", "$.ids");
    }
    return ids;
  }

  /** Whether the tags that a record has are dropped. */
  boolean overWrite() {
    JsonNode value = body.path("over_write");
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (!value.isMissingNode() && !value.isNull()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "boolean")
          .at("over_write", "$.over_write");
    }
    String text = call.query("over_write").orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw ErrorCode.PATTERN_NOT_MATCHED.with("param_name", "over_write");
    }
    return text.equals("true");
  }
}
