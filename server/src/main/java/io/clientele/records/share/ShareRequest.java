package io.clientele.records.share;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.PathId;
import io.clientele.records.Stamp;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** With whom a client wants to share a record. */
final class ShareRequest {
  private static final int MAXIMUM = 20;
  private static final List<String> TYPES = List.of("users", "roles", "groups");

  private ShareRequest() {}

  /**
   * The entries of a body, each still to be read.
   *
   * @throws ApiError about the body as a whole
   */
  static List<Item> items(JsonNode body) {
    if (body.path("share").size() > MAXIMUM && body.path("share").isArray()) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MAXIMUM).at("share", "$.share");
    }
    List<Item> items = Item.list(body, "share", MAXIMUM);
    for (String flag : List.of("notify_shared_members", "notify_on_completion", "notify")) {
      if (body.hasNonNull(flag) && !body.path(flag).isBoolean()) {
        throw ErrorCode.INVALID_DATA.with("expected_data_type", "boolean").at(flag, "$." + flag);
      }
    }
    if (body.path("notify_shared_members").asBoolean(false)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .message("Feeds is not enabled for this org")
          .at("notify_shared_members", "$.notify_shared_members");
    }
    if (items.size() > 1 && items.stream().anyMatch(one -> isPublic(one))) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING
          .with(
              "ambiguity_due_to",
              items.stream().filter(ShareRequest::isPublic).map(one -> one.place("type")).toList())
          .message("For public sharing more than one json object is given");
    }
    return items;
  }

  private static boolean isPublic(Item item) {
    return item.text("type").equals(Share.PUBLIC);
  }

  /**
   * What an entry says.
   *
   * @throws ApiError about the first of its keys that is wrong
   */
  static Share read(Stamp stamp, Item item) {
    item.require("type");
    oneOf(item, "type", List.of("private", Share.PUBLIC));
    item.require("permission");
    oneOf(item, "permission", Share.PERMISSIONS);
    if (item.has("share_related_records")
        && !item.json().path("share_related_records").isBoolean()) {
      throw item.invalid("share_related_records").with("expected_data_type", "boolean");
    }
    String type = Share.PUBLIC;
    long granteeId = 0;
    if (isPublic(item)) {
      if (item.has("shared_with")) {
        throw mismatch(item);
      }
    } else {
      item.require("shared_with");
      if (!item.json().path("shared_with").isObject()) {
        throw mismatch(item);
      }
      var with = new Item(item.json().withObject("shared_with"), item.at("shared_with"));
      with.require("type");
      oneOf(with, "type", TYPES);
      with.require("id");
      type = with.text("type");
      granteeId = grantee(stamp.metadata(), type, with);
    }
    return new Share(
        type,
        granteeId,
        item.text("permission"),
        item.json().path("share_related_records").asBoolean(false),
        stamp.userId(),
        stamp.now());
  }

  private static long grantee(Metadata metadata, String type, Item with) {
    return PathId.parse(with.json().path("id").asString(""))
        .filter(id -> metadata.people().nameOf(type, id).isPresent())
        .orElseThrow(
            () ->
                with.invalid("id")
                    .message("invalid " + type.substring(0, type.length() - 1) + " Id"));
  }

  private static ApiError mismatch(Item item) {
    return ErrorCode.INVALID_DATA
        .with("dependee", Map.copyOf(item.place("type")))
        .at("shared_with", item.at("shared_with"));
  }

  private static void oneOf(Item item, String name, List<String> words) {
    JsonNode value = item.json().path(name);
    if (!value.isString() || !words.contains(value.asString())) {
      throw item.invalid(name).with("regex", String.join("|", words));
    }
  }
}
