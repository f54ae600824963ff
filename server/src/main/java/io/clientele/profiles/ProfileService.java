package io.clientele.profiles;

import static io.clientele.db.Sql.sql;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** The rules of profiles. Those that came with the org stay as they are. */
public final class ProfileService {
  static final String NOUN = "profile";

  /** How many profiles an org has at most. */
  static final int LIMIT = 200;

  private static final int NAME = 50;
  private static final int DESCRIPTION = 250;
  private static final Pattern SPECIAL = Pattern.compile("[~`#%^&*()+|,={};\\[\\]\"]");

  private static final Shape KEYS =
      Shape.empty().text("name", NAME).text("description", DESCRIPTION);

  private ProfileService() {}

  /**
   * A new profile that allows what {@code source} allows. Reference: Create a Profile.
   *
   * @throws ApiError DUPLICATE_DATA, LICENSE_LIMIT_EXCEEDED, or INVALID_DATA about the name, or
   *     when the source is no profile of ordinary users
   */
  public static Done clone(MetadataChange change, Setting source, Item item) {
    if (!source.body().path("type").asString("normal_profile").equals("normal_profile")) {
      throw ErrorCode.INVALID_DATA.error().message("Profile cannot be Cloned");
    }
    item.require("name");
    String name = name(change, item, 0);
    if (change.metadata().settings(NOUN).size() >= LIMIT) {
      throw ErrorCode.LICENSE_LIMIT_EXCEEDED
          .with("limit", LIMIT)
          .message("Request exceeds your license limit.");
    }
    String apiName = apiName(change, name);
    ObjectNode body = source.copy();
    body.put("name", name)
        .put("display_label", name)
        .put("api_name", apiName)
        .put("custom", true)
        .put("delete", true);
    body.put("description", item.has("description") ? item.text("description") : null);
    long id = change.nextId();
    change.insert(id, NOUN, null, apiName, body);
    ProfileUses.copy(change, source, id);
    return Done.of("profile created successfully", id);
  }

  /**
   * Changes the keys that {@code item} has. Reference: Update Profile Permissions.
   *
   * @throws ApiError DUPLICATE_DATA or INVALID_DATA
   */
  public static Done update(MetadataChange change, Setting profile, Item item) {
    KEYS.check(item);
    ObjectNode body = profile.copy();
    if (item.has("name")) {
      String name = name(change, item, profile.id());
      body.put("name", name).put("display_label", name);
    }
    if (item.json().has("description")) {
      body.set("description", item.json().get("description"));
    }
    if (item.has("_default_view")) {
      body.set("default_view", defaultView(change, item));
    }
    if (item.has("permissions_details")) {
      new PermissionChange(change.metadata(), body).apply(item);
    }
    change.update(profile, body);
    return Done.of("profile updated successfully", profile.id());
  }

  /** Takes the profile away; its users get {@code to}. */
  public static void delete(MetadataChange change, Setting profile, Setting to) {
    change
        .tx()
        .update(
            sql(
                "update "
                    + change.org().table("crm_user")
                    + " set profile_id = ?, modified_by = ?, modified_time = clock_timestamp()"
                    + " where profile_id = ?",
                to.id(),
                change.userId(),
                profile.id()));
    ProfileUses.release(change, profile, to);
    change.delete(profile);
  }

  /** Takes from a profile's document what it gives without that on which it depends. */
  public static void takeDependents(Metadata metadata, ObjectNode body) {
    new PermissionChange(metadata, body).takeDependents();
  }

  /** A profile that came with the org. */
  public static boolean isOfSystem(Setting profile) {
    return !profile.body().path("custom").asBoolean(false);
  }

  /**
   * The profile's name as {@code item} has it, which no other profile has.
   *
   * @param profileId the profile that may have it already; 0 for a new one
   */
  private static String name(MetadataChange change, Item item, long profileId) {
    KEYS.check(item);
    item.require("name");
    String name = item.text("name").strip();
    if (SPECIAL.matcher(name).find()) {
      throw item.invalid("name")
          .message(
              "Profile name should not contain the following special character(s) :"
                  + " #, %, &, (, ), *, ^");
    }
    boolean taken =
        change.metadata().settings(NOUN).stream()
            .filter(other -> other.id() != profileId)
            .anyMatch(
                other ->
                    other.body().path("name").asString(other.apiName()).equalsIgnoreCase(name));
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA.error().at("name", item.at("name"));
    }
    return name;
  }

  /** A name of letters, digits and underscores that no other profile has; it never changes. */
  private static String apiName(MetadataChange change, String name) {
    String plain = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^[_0-9]+|_+$", "");
    String first = plain.isEmpty() ? "Profile" : plain;
    String candidate = first;
    for (int number = 1; isTaken(change, candidate); number++) {
      candidate = first + "_" + number;
    }
    return candidate;
  }

  private static boolean isTaken(MetadataChange change, String apiName) {
    return change.metadata().settings(NOUN).stream()
        .anyMatch(other -> other.apiName().equalsIgnoreCase(apiName));
  }

  /** The layout in which records open. */
  private static ObjectNode defaultView(MetadataChange change, Item item) {
    String at = item.at("_default_view");
    if (!(item.json().path("_default_view") instanceof ObjectNode view)) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at("_default_view", at);
    }
    Optional<Long> layout =
        PathId.parse(view.path("id").asString(""))
            .filter(id -> change.metadata().findLayout(id).isPresent());
    if (layout.isEmpty() || !view.path("type").asString("layout").equals("layout")) {
      throw ErrorCode.INVALID_DATA
          .error()
          .message("the id given seems to be invalid")
          .at("id", at + ".id");
    }
    return view.objectNode().put("id", Long.toString(layout.get())).put("type", "layout");
  }
}
