package io.clientele.metadata;

import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.org.Org;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The standard modules with all that belongs to them, from resource files into a new org. */
public final class StandardMetadata {
  private static final String FOLDER = "/metadata/";

  /** What a module file has beside the module itself: the list in the file, and its noun. */
  private static final List<String[]> PARTS =
      List.of(
          new String[] {"fields", "field"},
          new String[] {"layouts", "layout"},
          new String[] {"related_lists", "related_list"},
          new String[] {"custom_views", "custom_view"});

  /** Lists inside a document whose items have ids of their own. */
  private static final List<String> INNER_LISTS = List.of("pick_list_values", "sections");

  private StandardMetadata() {}

  /** Writes the standard metadata into an org that has none. */
  public static void install(Transaction tx, Org org) {
    List<JsonNode> modules = new ArrayList<>();
    for (JsonNode name : read("modules.json")) {
      modules.add(read("modules/" + name.asString() + ".json"));
    }
    Iterator<Long> ids =
        Settings.nextIds(tx, org, modules.stream().mapToInt(StandardMetadata::idsOf).sum())
            .iterator();
    var settings = new ArrayList<Setting>();
    for (int i = 0; i < modules.size(); i++) {
      addModule(settings, ids, (ObjectNode) modules.get(i), i);
    }
    Settings.insert(tx, org, settings);
  }

  /**
   * Adds the module that {@code file} describes, with all that belongs to it, to an org. Its table
   * has a name that no table of ours will ever have.
   */
  public static long add(MetadataChange change, ObjectNode file) {
    String apiName = file.path("module").path("api_name").asString();
    var ids = Settings.nextIds(change.tx(), change.org(), idsOf(file)).iterator();
    file.put("table_name", "c_" + apiName.toLowerCase(Locale.ROOT));
    var settings = new ArrayList<Setting>();
    addModule(settings, ids, file, change.metadata().settings("module").size());
    Settings.insert(change.tx(), change.org(), settings);
    change.touch();
    return settings.getFirst().id();
  }

  /** Gives the module of a file its API name and its labels. */
  public static void name(ObjectNode file, String apiName, String singular, String plural) {
    ((ObjectNode) file.get("module"))
        .put("api_name", apiName)
        .put("module_name", apiName)
        .put("singular_label", singular)
        .put("actual_singular_label", singular)
        .put("plural_label", plural)
        .put("actual_plural_label", plural);
  }

  /** A resource of the metadata folder, parsed. */
  public static JsonNode read(String name) {
    try (InputStream in = StandardMetadata.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + FOLDER + name);
      }
      return Json.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addModule(
      List<Setting> settings, Iterator<Long> ids, ObjectNode file, int position) {
    long moduleId = ids.next();
    ObjectNode definition = file.deepCopy();
    PARTS.forEach(part -> definition.remove(part[0]));
    settings.add(
        Settings.of(
            moduleId,
            "module",
            null,
            file.path("module").path("api_name").asString(),
            position,
            definition));
    for (String[] part : PARTS) {
      int place = 0;
      for (JsonNode item : file.path(part[0])) {
        giveIds(item, ids);
        settings.add(Settings.of(ids.next(), part[1], moduleId, key(part[1], item), place++, item));
      }
    }
  }

  private static String key(String noun, JsonNode item) {
    String key =
        switch (noun) {
          case "custom_view", "layout" -> "name";
          default -> "api_name";
        };
    return item.path(key).asString(item.path("name").asString());
  }

  private static int idsOf(JsonNode file) {
    int count = 1;
    for (String[] part : PARTS) {
      for (JsonNode item : file.path(part[0])) {
        count++;
        for (String list : INNER_LISTS) {
          count += item.path(list).size();
        }
      }
    }
    return count;
  }

  /**
   * Gives each item of an inner list an id; a bare string becomes an object of that display value.
   */
  private static void giveIds(JsonNode item, Iterator<Long> ids) {
    for (String list : INNER_LISTS) {
      JsonNode inner = item.path(list);
      for (int i = 0; i < inner.size(); i++) {
        ObjectNode entry = asObject(inner.get(i));
        entry.put("id", Long.toString(ids.next()));
        ((ArrayNode) inner).set(i, entry);
      }
    }
  }

  private static ObjectNode asObject(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    ObjectNode object = Json.MAPPER.createObjectNode();
    object.put("display_value", value.asString());
    object.put("actual_value", value.asString());
    return object;
  }
}
