package io.clientele.metadata.views;

import io.clientele.access.ViewAccess;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Field;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.criteria.Criteria;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes of custom views (custom_views: create, update, change sort order, delete). */
public final class CustomViews {
  static final String NOUN = "custom_view";

  /** How many views of their own the users of an org may have in a module. */
  private static final int MAXIMUM = 1000;

  private static final int MAXIMUM_NAME = 50;
  private static final int MAXIMUM_FAVORITE = 250;
  private static final Pattern SPECIAL = Pattern.compile("[<>\"\\p{Cntrl}]");

  private static final Shape FIELD = Shape.empty().text("api_name", 255).id("id");

  private static final Shape SHAPE =
      Shape.empty()
          .text("name", MAXIMUM_NAME)
          .oneOf("access_type", "shared", "public", "only_to_me")
          .oneOf("category", "public_views", "other_users_views", "shared_with_me", "created_by_me")
          .flag("locked")
          .flag("wrap_text")
          .object("sort_by", FIELD)
          .oneOf("sort_order", "asc", "desc")
          .list(
              "fields",
              FIELD.flag("_pin").integer("_width", 0, 10_000).integer("_pin_order", 0, 250))
          .list(
              "shared_to",
              Shape.empty()
                  .id("id")
                  .oneOf("type", "territories", "roles", "groups", "users")
                  .flag("subordinates")
                  .require("id", "type"))
          .list(
              "cross_filters",
              Shape.empty()
                  .flag("include_objects")
                  .object("relation", FIELD.require("api_name"))
                  .object("criteria", Shape.empty())
                  .require("include_objects", "relation", "criteria"));

  private static final Shape NEW = SHAPE.require("name", "access_type", "fields");

  private static final Shape SORT =
      Shape.empty()
          .object("sort_by", FIELD)
          .oneOf("sort_order", "asc", "desc")
          .require("sort_by", "sort_order");

  /** What a view that came with the org keeps for good. */
  private static final List<String> FIXED =
      List.of(
          "name", "access_type", "category", "locked", "criteria", "cross_filters", "shared_to");

  /** A new view of {@code module}, made by the user of the change. */
  public Done create(MetadataChange change, Module module, Item item) {
    NEW.check(item);
    List<Setting> all = change.metadata().settings(NOUN, module.id());
    if (all.stream().filter(view -> !CustomView.of(view).systemDefined()).count() >= MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.error();
    }
    checkName(all, 0, item);
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("system_defined", false).put("default", false).put("locked", false);
    for (String key : List.of("system_name", "criteria", "cross_filters", "shared_to")) {
      body.putNull(key);
    }
    body.putNull("sort_by").putNull("sort_order");
    apply(change, module, item, body);
    long id = change.nextId();
    change.insert(id, NOUN, module.id(), body.path("name").asString(), body);
    return Done.of("custom view created", id);
  }

  /**
   * Changes the keys of {@code view} that the item has.
   *
   * @throws ApiError NO_PERMISSION without details when the view is locked or another user's
   */
  public Done update(MetadataChange change, Module module, Setting view, Item item) {
    SHAPE.check(item);
    CustomView now = CustomView.of(view);
    requireOwn(change, now, item);
    if (now.systemDefined()) {
      for (String key : FIXED) {
        if (item.json().has(key)) {
          throw ErrorCode.NOT_ALLOWED.error().status(400).at(key, item.at(key));
        }
      }
    }
    String name = view.apiName();
    if (item.json().has("name")) {
      name = item.require("name").text("name").strip();
      checkName(change.metadata().settings(NOUN, module.id()), view.id(), item);
    }
    ObjectNode body = view.copy();
    apply(change, module, item, body);
    change.update(view, name, view.position(), body);
    return Done.of("custom view updated", view.id());
  }

  /** Gives a view another sorting, which all its users see. */
  public Done changeSort(MetadataChange change, Module module, Setting view, Item item) {
    SORT.check(item);
    requireUnlocked(change, CustomView.of(view));
    ObjectNode body = view.copy();
    new ViewParts(change, module, item, body).sorting();
    change.update(view, body);
    return Done.of("custom view updated", view.id());
  }

  /** Deletes a view that a user made; {@code text} is its id as the client wrote it. */
  public Done delete(MetadataChange change, Module module, String text) {
    Setting view =
        find(change, module, text)
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("id", text)
                        .message("The provided CustomView is either invalid or already Deleted"));
    CustomView now = CustomView.of(view);
    if (now.systemDefined()) {
      throw ErrorCode.NOT_ALLOWED
          .with("id", text)
          .with("associations", List.of())
          .status(400)
          .message("System defined custom views cannot be deleted");
    }
    if (!ViewAccess.owns(change.metadata(), change.userId(), now)) {
      throw ErrorCode.NO_PERMISSION.with("id", text);
    }
    change.delete(view);
    return Done.of("deleted successfully", view.id());
  }

  /** The view of {@code module} with that id, if the user of the change sees it. */
  Optional<Setting> find(MetadataChange change, Module module, String id) {
    return change.metadata().settings(NOUN, module.id()).stream()
        .filter(view -> Long.toString(view.id()).equals(id))
        .filter(view -> ViewAccess.sees(change.metadata(), change.userId(), CustomView.of(view)))
        .findFirst();
  }

  /**
   * The views of {@code module} that show, select or sort by {@code field}, or by a field of the
   * record it looks up.
   */
  public static List<CustomView> using(Module module, Field field) {
    String name = field.apiName();
    return module.customViews().stream()
        .filter(
            view ->
                Stream.of(
                        view.fields().stream(),
                        Stream.of(view.sortBy()),
                        Criteria.fields(view.criteria()))
                    .flatMap(names -> names)
                    .anyMatch(used -> used.equals(name) || used.startsWith(name + ".")))
        .toList();
  }

  private void apply(MetadataChange change, Module module, Item item, ObjectNode body) {
    if (item.has("name")) {
      String name = item.text("name").strip();
      body.put("name", name).put("display_value", name);
    }
    if (item.has("locked")) {
      body.set("locked", item.json().path("locked"));
    }
    if (!body.path("system_defined").asBoolean(false)) {
      Sharing.apply(change.metadata(), item, body);
    }
    if (item.json().has("favorite")) {
      favorite(change, item, body);
    }
    new ViewParts(change, module, item, body).apply();
  }

  /** Each user has favourites of their own. */
  private static void favorite(MetadataChange change, Item item, ObjectNode body) {
    JsonNode place = item.json().path("favorite");
    ObjectNode places = body.withObjectProperty("favorites");
    if (place.isNull()) {
      places.remove(Long.toString(change.userId()));
      return;
    }
    if (!place.isIntegralNumber()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "integer")
          .at("favorite", item.at("favorite"));
    }
    if (!place.canConvertToInt() || place.asInt() < 1 || place.asInt() > MAXIMUM_FAVORITE) {
      throw ErrorCode.INVALID_DATA.with("api_name", "favorite");
    }
    places.set(Long.toString(change.userId()), place);
  }

  private static void checkName(List<Setting> all, long own, Item item) {
    String name = item.text("name").strip();
    if (SPECIAL.matcher(name).find()) {
      throw ErrorCode.INVALID_DATAS.error().at("name", item.at("name"));
    }
    if (all.stream().anyMatch(view -> view.id() != own && isNamed(view, name))) {
      throw ErrorCode.DUPLICATE_DATA.error().at("name", item.at("name"));
    }
  }

  private static boolean isNamed(Setting view, String name) {
    return view.apiName().equalsIgnoreCase(name)
        || view.body().path("display_value").asString("").equalsIgnoreCase(name);
  }

  /** Whoever sees a view may make it a favourite; the rest is its owner's. */
  private void requireOwn(MetadataChange change, CustomView view, Item item) {
    boolean personal =
        item.json().propertyNames().stream().allMatch(List.of("id", "favorite")::contains);
    if (personal) {
      return;
    }
    requireUnlocked(change, view);
    if (!view.systemDefined() && !ViewAccess.owns(change.metadata(), change.userId(), view)) {
      throw ErrorCode.NO_PERMISSION.error();
    }
  }

  private void requireUnlocked(MetadataChange change, CustomView view) {
    boolean locked = view.definition().path("locked").asBoolean(false);
    if (locked && !ViewAccess.owns(change.metadata(), change.userId(), view)) {
      throw ErrorCode.NO_PERMISSION
          .error()
          .message("Permission denied. Locked custom views cannot be customized.");
    }
  }
}
