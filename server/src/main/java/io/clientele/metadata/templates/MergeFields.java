package io.clientele.metadata.templates;

import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places of a template that a record fills: {@code ${Leads.Last Name}} by label, {@code
 * ${!Leads.Last_Name}} by API name; of the template's module, or of one it looks up. What has no
 * dot, or is about the user or the organization, is left to whoever sends.
 */
public final class MergeFields {
  private static final Pattern FIELD = Pattern.compile("\\$\\{!?([^{}.$]+)\\.([^{}$]+)}");
  private static final Set<String> OTHERS =
      Set.of("user", "users", "organization", "org", "company");

  private final Metadata metadata;
  private final Module module;

  public MergeFields(Metadata metadata, Module module) {
    this.metadata = metadata;
    this.module = module;
  }

  /**
   * @param path where the text stands
   * @throws io.clientele.error.ApiError INVALID_DATA with the first that names no field
   */
  public void check(String text, String name, String path) {
    Matcher matcher = FIELD.matcher(text);
    while (matcher.find()) {
      String of = matcher.group(1).strip();
      if (!OTHERS.contains(of.toLowerCase(Locale.ROOT)) && !isField(of, matcher.group(2).strip())) {
        throw ErrorCode.INVALID_DATA.with("merge_field", matcher.group()).at(name, path);
      }
    }
  }

  private boolean isField(String of, String field) {
    return named(of).filter(this::isReached).filter(found -> has(found, field)).isPresent();
  }

  /** A module by its API name or by one of its labels. */
  private Optional<Module> named(String name) {
    return metadata
        .find(name)
        .or(
            () ->
                metadata.modules().stream()
                    .filter(
                        one -> {
                          var labels = one.definition().path("module");
                          return labels.path("plural_label").asString("").equalsIgnoreCase(name)
                              || labels.path("singular_label").asString("").equalsIgnoreCase(name);
                        })
                    .findFirst());
  }

  private boolean isReached(Module other) {
    return other.id() == module.id()
        || module.fields().stream().anyMatch(field -> field.modules().contains(other.apiName()));
  }

  /** A field by label or name, or a field of the record it looks up behind a dot. */
  private boolean has(Module of, String path) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Optional<Field> field = of.fields().stream().filter(one -> isNamed(one, name)).findFirst();
    if (dot < 0 || field.isEmpty()) {
      return field.isPresent();
    }
    if (field.get().dataType().endsWith("userlookup") || field.get().apiName().equals("Owner")) {
      return true;
    }
    return field.get().modules().stream()
        .flatMap(other -> metadata.find(other).stream())
        .anyMatch(other -> has(other, path.substring(dot + 1)));
  }

  private static boolean isNamed(Field field, String name) {
    return field.apiName().equalsIgnoreCase(name)
        || field.apiName().replace('_', ' ').equalsIgnoreCase(name)
        || field.definition().path("field_label").asString("").equalsIgnoreCase(name);
  }
}
