package io.clientele.imports;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the headings of a module's file mean: labels or API names of fields, however written, and
 * for lookups and users two columns, the id's under {@code <label>.id}.
 */
final class Headings {
  private static final Pattern BRACKETED = Pattern.compile(".*\\((\\w+)\\)");
  private static final String ID = "id";
  private static final List<String> MODULES = List.of("semodule", "parentmodule", "relatedmodule");
  private static final List<String> SUFFIXES = List.of(".id", ".module");

  private final Module module;
  private final Map<String, String> renamed;
  private final Map<String, Field> byWord = new HashMap<>();

  /**
   * @param renamed fields that have another API name here
   */
  Headings(Module module, Map<String, String> renamed) {
    this.module = module;
    this.renamed = renamed;
    for (Field field : module.fields()) {
      byWord.putIfAbsent(word(field.apiName()), field);
    }
    for (Field field : module.fields()) {
      byWord.putIfAbsent(word(field.definition().path("field_label").asString("")), field);
      byWord.putIfAbsent(word(field.definition().path("display_label").asString("")), field);
    }
  }

  /** Letters and digits alone, so that it does not matter how a name is written. */
  static String word(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}$]+", "");
  }

  /** Whether it is the id of the record itself. */
  boolean isId(String heading) {
    String word = word(heading);
    return !heading.toLowerCase(Locale.ROOT).endsWith(".id")
        && (word.equals(ID) || word.equals("recordid") || word.equals(word(singular()) + ID));
  }

  private String singular() {
    return module.definition().path("module").path("singular_label").asString(module.apiName());
  }

  /** Whether it tells the module of the record that the row hangs on. */
  boolean isModule(String heading) {
    return MODULES.contains(word(heading).replace("$", ""));
  }

  /** What stands behind the name of the field: {@code .id}, {@code .module} or nothing. */
  static String suffix(String heading) {
    String small = heading.strip().toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().filter(small::endsWith).findFirst().orElse("");
  }

  /** The field that it is about. */
  Optional<Field> field(String heading) {
    String text = heading.strip();
    String name = text.substring(0, text.length() - suffix(text).length());
    return module
        .field(renamed.getOrDefault(name, name))
        .or(() -> byLabel(name))
        .or(() -> Optional.ofNullable(byWord.get(word(name))))
        .or(() -> bracketed(name))
        .or(() -> owner(name));
  }

  private Optional<Field> byLabel(String name) {
    return module.fields().stream()
        .filter(field -> field.definition().path("field_label").asString("").equals(name))
        .findFirst();
  }

  /** Where several fields have a label, their API names may stand behind it. */
  private Optional<Field> bracketed(String name) {
    Matcher bracketed = BRACKETED.matcher(name);
    return bracketed.matches() ? module.field(bracketed.group(1)) : Optional.empty();
  }

  /** The owner's column is called after the module. */
  private Optional<Field> owner(String name) {
    return word(name).equals(word(singular()) + "owner") ? module.field("Owner") : Optional.empty();
  }
}
