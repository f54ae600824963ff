package io.clientele.configuration;

import io.clientele.access.ModuleProfiles;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.profiles.ProfileService;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Profiles: a base, one of those that every org has, and the permissions that are {@code enabled}
 * and {@code disabled} beside it. However an item says it, it is compared and exported beside the
 * base to which it is nearest.
 */
final class ProfilesPart implements Part {
  private static final String NOUN = "profile";
  private static final String BASE = "base";
  private static final String ENABLED = "enabled";
  private static final String DISABLED = "disabled";
  private static final String DETAILS = "permissions_details";

  @Override
  public String name() {
    return "profiles";
  }

  @Override
  public List<String> keys() {
    return List.of("name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module none) {
    return metadata.settings(NOUN).stream()
        .map(
            profile ->
                new Described(
                    profile.id(), form(metadata, profile), !ProfileService.isOfSystem(profile)))
        .toList();
  }

  private static ObjectNode form(Metadata metadata, Setting profile) {
    ObjectNode form = Json.MAPPER.createObjectNode().put("name", Profiles.nameOf(profile));
    if (profile.body().path("description").isString()) {
      form.set("description", profile.body().get("description"));
    }
    describe(metadata, given(profile), form);
    return form;
  }

  /** The permissions as the lists beside the nearest base. */
  private static void describe(Metadata metadata, Map<String, Boolean> given, ObjectNode form) {
    Setting base =
        bases(metadata).stream()
            .min(Comparator.comparingLong(one -> distance(metadata, given(one), given)))
            .orElseThrow();
    form.put(BASE, Profiles.nameOf(base));
    ArrayNode enabled = form.putArray(ENABLED);
    ArrayNode disabled = form.putArray(DISABLED);
    Map<String, Boolean> expected = given(base);
    expected.putAll(ModuleProfiles.usual(metadata, given));
    given.forEach(
        (name, gives) -> {
          if (!gives.equals(expected.get(name))) {
            (gives ? enabled : disabled).add(name);
          }
        });
  }

  private static long distance(
      Metadata metadata, Map<String, Boolean> one, Map<String, Boolean> other) {
    var custom = ModuleProfiles.usual(metadata, other).keySet();
    return other.entrySet().stream()
        .filter(entry -> !custom.contains(entry.getKey()))
        .filter(entry -> !entry.getValue().equals(one.get(entry.getKey())))
        .count();
  }

  @Override
  public ObjectNode complete(Metadata metadata, ObjectNode wanted) {
    boolean permissions = wanted.has(BASE) || wanted.has(ENABLED) || wanted.has(DISABLED);
    if (!permissions) {
      return wanted;
    }
    ObjectNode form = wanted.deepCopy();
    describe(metadata, wanted(metadata, form), form);
    return form;
  }

  /**
   * What a profile gives that is as {@code form} says; permissions there are not, it leaves out.
   * Which custom modules it has, say the modules.
   */
  private static Map<String, Boolean> wanted(Metadata metadata, ObjectNode form) {
    Setting base = base(metadata, form);
    Map<String, Boolean> wanted = given(base);
    Profiles.find(metadata, form.path("name").asString(""))
        .ifPresent(
            there -> {
              Map<String, Boolean> now = given(there);
              ModuleProfiles.usual(metadata, now)
                  .keySet()
                  .forEach(name -> wanted.put(name, now.getOrDefault(name, false)));
            });
    name(form, wanted);
    wanted.putAll(ModuleProfiles.usual(metadata, wanted));
    name(form, wanted);
    ObjectNode body = base.copy();
    for (JsonNode detail : body.path(DETAILS)) {
      ((ObjectNode) detail)
          .put("enabled", wanted.getOrDefault(detail.path("name").asString(""), true));
    }
    ProfileService.takeDependents(metadata, body);
    return given(body);
  }

  /** Gives and takes what the lists name. */
  private static void name(ObjectNode form, Map<String, Boolean> wanted) {
    for (String list : List.of(ENABLED, DISABLED)) {
      for (JsonNode name : form.path(list)) {
        wanted.computeIfPresent(name.asString(""), (key, given) -> list.equals(ENABLED));
      }
    }
  }

  /** The base it names, or the profile as it is, or Standard. */
  private static Setting base(Metadata metadata, ObjectNode form) {
    String name = form.path(BASE).asString(form.path("name").asString(""));
    return metadata.settings(NOUN).stream()
        .filter(one -> Profiles.nameOf(one).equalsIgnoreCase(name))
        .findFirst()
        .or(() -> form.has(BASE) ? Optional.empty() : bases(metadata).stream().findFirst())
        .orElseThrow(() -> new ConfigurationException("There is no profile '" + name + "'."));
  }

  @Override
  public void create(MetadataChange change, @Nullable Module none, Item item) {
    Setting base = base(change.metadata(), item.json());
    Map<String, Boolean> wanted = wanted(change.metadata(), item.json());
    var _ = ProfileService.clone(change, base, item);
    Setting made = Profiles.find(change.metadata(), item.text("name").strip()).orElseThrow();
    give(change, made, wanted, item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module none, long id, ObjectNode current, Item item) {
    Setting profile = change.metadata().setting(NOUN, id).orElseThrow();
    if (ProfileService.isOfSystem(profile)) {
      throw new ConfigurationException(
          "The profile '" + Profiles.nameOf(profile) + "' cannot be changed.");
    }
    ObjectNode whole = current.deepCopy();
    whole.setAll(item.json());
    give(change, profile, wanted(change.metadata(), whole), item);
  }

  /** Brings the profile to what it shall give, and to the description if the item has one. */
  private static void give(
      MetadataChange change, Setting profile, Map<String, Boolean> wanted, Item item) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    if (item.json().has("description")) {
      json.set("description", item.json().get("description"));
    }
    ArrayNode details = json.putArray(DETAILS);
    for (JsonNode detail : profile.body().path(DETAILS)) {
      boolean gives = detail.path("enabled").asBoolean(true);
      boolean shall = wanted.getOrDefault(detail.path("name").asString(""), gives);
      if (gives != shall) {
        details.addObject().put("id", detail.path("id").asString()).put("enabled", shall);
      }
    }
    var _ = ProfileService.update(change, profile, new Item(json, item.path()));
  }

  /** Its users get the base it is nearest to. */
  @Override
  public void delete(MetadataChange change, @Nullable Module none, long id) {
    Setting profile = change.metadata().setting(NOUN, id).orElseThrow();
    if (ProfileService.isOfSystem(profile)) {
      throw new ConfigurationException(
          "The profile '" + Profiles.nameOf(profile) + "' cannot be deleted.");
    }
    String heir = form(change.metadata(), profile).path(BASE).asString();
    ProfileService.delete(change, profile, Profiles.find(change.metadata(), heir).orElseThrow());
  }

  /** Now that the modules of the file are there, so are their permissions. */
  @Override
  public void finish(MetadataChange change, List<ObjectNode> items) {
    for (ObjectNode item : items) {
      if (!Step.isAbsent(item)) {
        Setting profile =
            Profiles.find(change.metadata(), item.path("name").asString("")).orElseThrow();
        refuseUnknown(profile, item);
        ObjectNode wanted = complete(change.metadata(), item);
        ObjectNode current = form(change.metadata(), profile);
        if (!Difference.of(wanted, current).isEmpty()) {
          update(
              change,
              null,
              profile.id(),
              current,
              new Item(Difference.only(wanted, current), "$." + name()));
        }
      }
    }
  }

  private static void refuseUnknown(Setting profile, ObjectNode item) {
    Map<String, Boolean> known = given(profile);
    for (String list : List.of(ENABLED, DISABLED)) {
      for (JsonNode name : item.path(list)) {
        if (!known.containsKey(name.asString(""))) {
          throw new ConfigurationException(
              "There is no permission '" + name.asString("") + "' for a profile.");
        }
      }
    }
  }

  private static List<Setting> bases(Metadata metadata) {
    return metadata.settings(NOUN).stream()
        .filter(ProfileService::isOfSystem)
        .sorted(Comparator.comparing(Setting::apiName).reversed())
        .toList();
  }

  private static Map<String, Boolean> given(Setting profile) {
    return given(profile.body());
  }

  /** Whether a profile gives each permission. */
  private static Map<String, Boolean> given(JsonNode body) {
    var given = new LinkedHashMap<String, Boolean>();
    body.path(DETAILS)
        .forEach(
            detail ->
                given.put(
                    detail.path("name").asString(""), detail.path("enabled").asBoolean(true)));
    return given;
  }
}
