package io.clientele.imports;

import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.CellValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Modules and fields that a backup has columns for and the org does not, by what is in the columns:
 * backups do not tell what their fields are.
 */
final class BackupShape {
  private static final int LONGEST_NAME = 45;
  private static final int SAMPLES = 20;

  private final BackupSource source;
  private final Metadata here;

  BackupShape(BackupSource source, Metadata here) {
    this.source = source;
    this.here = here;
  }

  /** Custom modules of the files that the org has no module for. */
  void modules(ObjectNode file) {
    for (SourceModule module : source.modules(here)) {
      if (module.target().isEmpty() && module.count() > 0 && isCustom(module.name())) {
        String bare = module.name().replaceFirst("_C$", "");
        List<String> headings = headings(module);
        String singular =
            headings.stream()
                .filter(heading -> heading.endsWith(" Owner"))
                .map(heading -> heading.substring(0, heading.length() - " Owner".length()))
                .findFirst()
                .orElse(bare.replace('_', ' '));
        ObjectNode form = file.withArray("/modules").addObject();
        form.put("api_name", apiName(bare, Set.of()));
        form.put("singular_label", label(singular))
            .put("plural_label", label(bare.replace('_', ' ')));
        form.putArray("profiles").add("Administrator").add("Standard");
        ObjectNode display = form.putObject("display_field").put("data_type", "text");
        display.put(
            "field_label", headings.contains(singular + " Name") ? singular + " Name" : "Name");
      }
    }
  }

  /** Files of custom modules say so, or have a name of their own in them. */
  private static boolean isCustom(String name) {
    return name.endsWith("_C");
  }

  private List<String> headings(SourceModule module) {
    return source.part(module, 1).map(part -> part.read((found, rows) -> found)).orElse(List.of());
  }

  /** Fields for the columns that have something in them and no field here. */
  void fields(ObjectNode file) {
    for (SourceModule module : source.modules(here)) {
      here.find(module.target()).ifPresent(target -> fields(file, module, target));
    }
  }

  private void fields(ObjectNode file, SourceModule module, Module target) {
    List<String> unknown =
        new Columns(here, target, module.fields(), headings(module))
            .unknown().stream().filter(name -> source.hasValues(module, name)).toList();
    if (unknown.isEmpty()) {
      return;
    }
    ObjectNode form = file.withArray("/modules").addObject().put("api_name", target.apiName());
    ArrayNode fields = form.putArray("fields");
    Map<String, Guess> guesses = guesses(module, unknown);
    Set<String> taken = new HashSet<>();
    target.fields().forEach(field -> taken.add(field.apiName().toLowerCase(Locale.ROOT)));
    guesses.forEach(
        (name, guess) -> {
          boolean isName = guesses.containsKey(name + ".id");
          if (!isName) {
            String base = name.replaceFirst("(?i)\\.id$", "");
            ObjectNode field = Json.MAPPER.createObjectNode();
            field.put("api_name", apiName(base, taken)).put("field_label", label(base));
            if (describe(field, guess, !base.equals(name))) {
              taken.add(field.path("api_name").asString().toLowerCase(Locale.ROOT));
              fields.add(field);
            }
          }
        });
  }

  private Map<String, Guess> guesses(SourceModule module, List<String> names) {
    Map<String, Guess> guesses = new LinkedHashMap<>();
    names.forEach(name -> guesses.put(name, new Guess()));
    for (int number = 1; source.part(module, number).isPresent(); number++) {
      source
          .part(module, number)
          .orElseThrow()
          .read(
              (headings, rows) -> {
                Map<Integer, Guess> places = new HashMap<>();
                guesses.forEach((name, guess) -> places.put(headings.indexOf(name), guess));
                rows.forEachRemaining(
                    cells ->
                        places.forEach(
                            (place, guess) -> {
                              if (place >= 0 && place < cells.size()) {
                                guess.see(cells.get(place));
                              }
                            }));
                return true;
              });
    }
    return guesses;
  }

  /** Says the type; answers whether there is one. */
  private boolean describe(ObjectNode field, Guess guess, boolean isId) {
    if (!isId) {
      guess.describe(field);
      return true;
    }
    List<String> ids = guess.samples.stream().map(CellValues::bareId).toList();
    if (source.users().stream().map(SourceUser::id).toList().containsAll(ids)) {
      field.put("data_type", "userlookup");
      return true;
    }
    Optional<String> target = source.moduleOf(here, ids);
    target.ifPresent(
        name -> {
          ObjectNode lookup = field.put("data_type", "lookup").putObject("lookup");
          lookup.putObject("module").put("api_name", name);
          lookup.put("display_label", field.path("field_label").asString());
        });
    return target.isPresent();
  }

  private static String label(String name) {
    String label = name.replaceAll("[^\\p{L}\\p{M}\\p{N} _]+", " ").replaceAll(" +", " ").strip();
    return label.length() > LONGEST_NAME ? label.substring(0, LONGEST_NAME).strip() : label;
  }

  private static String apiName(String name, Set<String> taken) {
    String bare = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^[_0-9]+|_+$", "");
    String whole = bare.isEmpty() ? "Field" : bare;
    String cut = whole.length() > LONGEST_NAME ? whole.substring(0, LONGEST_NAME) : whole;
    String free = cut.replaceAll("_+$", "");
    for (int i = 1; taken.contains(free.toLowerCase(Locale.ROOT)); i++) {
      free = cut + "_" + i;
    }
    return free;
  }

  /** What the values of a column have in common. */
  private static final class Guess {
    private final List<String> samples = new ArrayList<>();
    private boolean flags = true;
    private boolean dates = true;
    private boolean moments = true;
    private boolean whole = true;
    private boolean numbers = true;
    private int longest;

    void see(String cell) {
      String text = cell.strip();
      if (text.isEmpty()) {
        return;
      }
      if (samples.size() < SAMPLES) {
        samples.add(text);
      }
      flags &= text.matches("(?i)true|false");
      dates &= text.matches("\\d{4}-\\d{2}-\\d{2}");
      moments &= text.matches("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}.*");
      whole &= text.matches("-?(0|[1-9]\\d{0,8})");
      numbers &= text.matches("-?\\d{1,12}(\\.\\d{1,4})?");
      longest = Math.max(longest, cell.length());
    }

    void describe(ObjectNode field) {
      if (flags) {
        field.put("data_type", "boolean");
      } else if (dates) {
        field.put("data_type", "date");
      } else if (moments) {
        field.put("data_type", "datetime");
      } else if (whole) {
        field.put("data_type", "integer").put("length", 9);
      } else if (numbers) {
        field.put("data_type", "double").put("length", 16).put("decimal_place", 4);
      } else if (longest <= 255) {
        field.put("data_type", "text").put("length", 255);
      } else {
        String type = longest <= 2000 ? "small" : longest <= 32_000 ? "large" : "rich_text";
        field.put("data_type", "textarea").putObject("textarea").put("type", type);
      }
    }
  }
}
