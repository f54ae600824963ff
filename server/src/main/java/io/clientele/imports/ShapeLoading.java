package io.clientele.imports;

import io.clientele.configuration.Configuration;
import io.clientele.configuration.ConfigurationException;
import io.clientele.configuration.Report;
import io.clientele.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings an org to the shape of another, as far as it goes: {@link Configuration} does all or
 * nothing, so what it does not take is found by halving and told.
 */
final class ShapeLoading {
  private static final String MODULES = "modules";
  private static final String NAME = "api_name";

  private final Work work;
  private final List<String> lines = new ArrayList<>();

  ShapeLoading(Work work) {
    this.work = work;
  }

  /**
   * One thing that is to be made.
   *
   * @param list the list of the file it stands in
   * @param module the module it stands in; null for what stands at the top
   */
  private record Item(String list, @Nullable String module, ObjectNode form) {
    String name() {
      String own = form.path(NAME).asString(form.path("name").asString(""));
      return list + " " + (module == null ? "" : module + ".") + own;
    }
  }

  /** What was made, a line for each. */
  List<String> lines() {
    return lines;
  }

  /** Makes what {@code file} describes; answers what could not be made, and why. */
  List<Problem> apply(String step, JsonNode file) {
    List<Item> left = items(file);
    var why = new ArrayList<Problem>();
    int before = -1;
    while (!left.isEmpty() && left.size() != before) {
      before = left.size();
      why.clear();
      left = apply(step, left, why);
    }
    return why;
  }

  private List<Item> apply(String step, List<Item> items, List<Problem> why) {
    try {
      Report report = work.configuration().apply(work.org().id(), work.userId(), file(items));
      lines.addAll(report.lines());
      return List.of();
    } catch (ConfigurationException e) {
      if (items.size() == 1) {
        why.add(new Problem(step, items.getFirst().name(), "", "", "not made: " + e.getMessage()));
        return items;
      }
      var failed = new ArrayList<>(apply(step, items.subList(0, items.size() / 2), why));
      failed.addAll(apply(step, items.subList(items.size() / 2, items.size()), why));
      return failed;
    }
  }

  /** What applying would change, and what would fail. */
  List<String> plan(JsonNode file) {
    var planned = new ArrayList<String>();
    try {
      planned.addAll(work.configuration().plan(work.org().id(), work.userId(), file).lines());
    } catch (ConfigurationException e) {
      planned.add("! not all of it can be made as it is there, such as: " + e.getMessage());
    }
    return planned;
  }

  private static List<Item> items(JsonNode file) {
    var items = new ArrayList<Item>();
    for (Map.Entry<String, JsonNode> list : file.properties()) {
      if (!list.getKey().equals(MODULES)) {
        list.getValue()
            .forEach(form -> items.add(new Item(list.getKey(), null, (ObjectNode) form)));
      }
    }
    var inner = new ArrayList<Item>();
    for (JsonNode module : file.path(MODULES)) {
      ObjectNode own = Json.MAPPER.createObjectNode();
      for (Map.Entry<String, JsonNode> part : module.properties()) {
        boolean isPart = part.getValue() instanceof ArrayNode && !part.getKey().equals("profiles");
        if (isPart) {
          part.getValue()
              .forEach(
                  form ->
                      inner.add(
                          new Item(
                              part.getKey(), module.path(NAME).asString(), (ObjectNode) form)));
        } else {
          own.set(part.getKey(), part.getValue());
        }
      }
      if (own.size() > 1) {
        items.add(new Item(MODULES, null, own));
      }
    }
    items.addAll(inner);
    return items;
  }

  private static ObjectNode file(List<Item> items) {
    ObjectNode file = Json.MAPPER.createObjectNode();
    for (Item item : items) {
      if (item.module == null) {
        if (item.list.equals(MODULES)) {
          module(file, item.form.path(NAME).asString()).setAll(item.form);
        } else {
          file.withArray("/" + item.list).add(item.form);
        }
      } else {
        module(file, item.module).withArray("/" + item.list).add(item.form);
      }
    }
    return file;
  }

  private static ObjectNode module(ObjectNode file, String name) {
    for (JsonNode module : file.path(MODULES)) {
      if (module.path(NAME).asString().equals(name)) {
        return (ObjectNode) module;
      }
    }
    return file.withArray("/" + MODULES).addObject().put(NAME, name);
  }
}
