package io.clientele.metadata.unsubscribelinks;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates, changes and deletes unsubscribe links, within a change of metadata. References: Create,
 * Update and Delete Unsubscribe Link.
 */
public final class UnsubscribeLinkService {
  static final String NOUN = "unsubscribe_link";

  /** The link that every org has; it stays as it is. */
  private static final String DEFAULT = "Default";

  private static final int LIMIT = 10;
  private static final int MAXIMUM_NAME = 50;
  private static final int MAXIMUM_URL = 250;
  private static final int MAXIMUM_MESSAGE = 2000;
  private static final Pattern WEBSITE = Pattern.compile("\\S+\\.\\S+|\\S+://\\S+");
  private static final List<String> PAGE_TYPES = List.of("standard", "custom");
  private static final List<String> ACTION_TYPES = List.of("display_message", "redirect");

  private static final Shape LINK =
      Shape.empty()
          .text("name", MAXIMUM_NAME)
          .text("page_type", MAXIMUM_NAME)
          .text("custom_location_url", MAXIMUM_URL)
          .text("standard_page_message", MAXIMUM_MESSAGE)
          .text("submission_action_type", MAXIMUM_NAME)
          .text("submission_redirect_url", MAXIMUM_URL)
          .text("submission_message", MAXIMUM_MESSAGE);
  private static final Shape KNOWN_LINK = LINK.require("id").id("id");

  private UnsubscribeLinkService() {}

  /** The links that can be changed: all but the one that every org has. */
  public static List<Setting> changeable(Metadata metadata) {
    return metadata.settings(NOUN).stream().filter(link -> !isDefault(link)).toList();
  }

  /** Adds a link. */
  public static Done create(MetadataChange change, Item item) {
    check(item, LINK);
    item.require("name").require("page_type").require("submission_action_type");
    checkName(change, item, Optional.empty());
    if (change.metadata().settings(NOUN).size() >= LIMIT) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", LIMIT)
          .with(
              "limit_due_to",
              List.of(Map.of("api_name", "unsubscribe_links", "json_path", "$.unsubscribe_links")))
          .message("Unsubscribe Link limit exceeded");
    }
    ObjectNode body = LINK.keep(item);
    body.remove("name");
    long id = change.nextId();
    change.insert(id, NOUN, null, item.text("name").strip(), settled(item, body));
    return Done.of("Unsubscribe Link created successfully", id);
  }

  /** Changes the link that the item's {@code id} names. */
  public static Done update(MetadataChange change, Item item) {
    KNOWN_LINK.check(item);
    Setting link =
        find(change, item.json().path("id").asLong())
            .orElseThrow(() -> item.invalid("id").message(notOfOrg()));
    if (isDefault(link)) {
      throw isDefault().at("id", item.at("id"));
    }
    return update(change, link, item);
  }

  /** Changes a link; keys that are not given stay. */
  public static Done update(MetadataChange change, Setting link, Item item) {
    check(item, LINK);
    if (item.json().has("name")) {
      item.require("name");
      checkName(change, item, Optional.of(link));
    }
    ObjectNode body = link.copy();
    body.setAll(LINK.keep(item));
    body.remove("name");
    String name = item.has("name") ? item.text("name").strip() : link.apiName();
    change.update(link, name, link.position(), settled(item, body));
    return Done.of("Unsubscribe Link updated successfully", link.id());
  }

  /** Deletes a link. */
  public static Done delete(MetadataChange change, Setting link) {
    change.delete(link);
    return Done.of("Unsubscribe Link deleted successfully", link.id());
  }

  /** The link named in a path, unless it is the one that stays as it is. */
  static Setting requireChangeable(MetadataChange change, Optional<Long> id) {
    Setting link =
        id.flatMap(number -> find(change, number))
            .orElseThrow(
                () -> ErrorCode.INVALID_DATA.with("resource_path_index", 2).message(notOfOrg()));
    if (isDefault(link)) {
      throw isDefault().with("resource_path_index", 2);
    }
    return link;
  }

  private static Optional<Setting> find(MetadataChange change, long id) {
    return change.metadata().settings(NOUN).stream().filter(link -> link.id() == id).findFirst();
  }

  private static boolean isDefault(Setting link) {
    return link.apiName().equals(DEFAULT);
  }

  private static ApiError isDefault() {
    return ErrorCode.NOT_ALLOWED
        .error()
        .status(400)
        .message("The given Unsubscribe Link id is Default");
  }

  private static String notOfOrg() {
    return "The given Unsubscribe Link id is not part of Org";
  }

  private static void check(Item item, Shape shape) {
    shape.check(item);
    checkWord(item, "page_type", PAGE_TYPES);
    checkWord(item, "submission_action_type", ACTION_TYPES);
    checkWebsite(item, "custom_location_url");
    checkWebsite(item, "submission_redirect_url");
    requireBeside(item, "custom_location_url", "page_type");
    requireBeside(item, "standard_page_message", "page_type");
    requireBeside(item, "submission_redirect_url", "submission_action_type");
    requireBeside(item, "submission_message", "submission_action_type");
  }

  private static void checkWord(Item item, String key, List<String> words) {
    String word = item.text(key);
    if (!word.isBlank() && !words.contains(word)) {
      throw item.invalid(key)
          .with("supported_values", words)
          .message("the given module is not supported in create or update");
    }
  }

  private static void checkWebsite(Item item, String key) {
    String text = item.text(key);
    if (!text.isEmpty() && !WEBSITE.matcher(text).matches()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "website").at(key, item.at(key));
    }
  }

  /** What {@code key} is for must be told together with it. */
  private static void requireBeside(Item item, String key, String kind) {
    if (!item.text(key).isEmpty() && item.text(kind).isBlank()) {
      throw dependent(item, key, kind).message("required field not found");
    }
  }

  /** The body with what its kinds of page and action need, and nothing that they do not use. */
  private static ObjectNode settled(Item item, ObjectNode body) {
    boolean custom = body.path("page_type").asString("").equals("custom");
    boolean redirect = body.path("submission_action_type").asString("").equals("redirect");
    body.putNull(custom ? "standard_page_message" : "custom_location_url");
    body.putNull(redirect ? "submission_message" : "submission_redirect_url");
    if (custom) {
      require(item, body, "page_type", "custom_location_url");
    }
    require(
        item,
        body,
        "submission_action_type",
        redirect ? "submission_redirect_url" : "submission_message");
    return body;
  }

  private static void require(Item item, ObjectNode body, String kind, String key) {
    if (body.path(key).asString("").isBlank()) {
      throw dependent(item, kind, key).message("Dependent field is missing");
    }
  }

  private static ApiError dependent(Item item, String given, String missing) {
    return ErrorCode.DEPENDENT_FIELD_MISSING
        .with("dependee", item.place(given))
        .at(missing, item.at(missing));
  }

  private static void checkName(MetadataChange change, Item item, Optional<Setting> self) {
    String name = item.text("name").strip();
    boolean taken =
        change.metadata().settings(NOUN).stream()
            .filter(link -> self.isEmpty() || link.id() != self.get().id())
            .anyMatch(link -> link.apiName().equalsIgnoreCase(name));
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA
          .error()
          .message("Unsubscribe Link name already exists")
          .at("name", item.at("name"));
    }
  }
}
