package io.clientele.metadata.templates;

import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which templates a list shows, and in which order: the parameters of the list, checked. */
final class TemplateList {
  private static final Set<String> CATEGORIES =
      Set.of("favorite", "created_by_me", "shared_with_me", "draft");
  private static final Set<String> SORTS = Set.of("modified_time", "last_usage_time", "name");

  private TemplateList() {}

  /**
   * @throws io.clientele.error.ApiError INVALID_DATA about the module, PATTERN_NOT_MATCHED about
   *     other parameters
   */
  static List<Setting> of(Call call, Reader reader, TemplateKind kind) {
    Optional<Module> module = call.query("module").map(name -> module(reader, kind, name));
    Optional<String> category = oneOf(call, "category", CATEGORIES);
    String sortBy = oneOf(call, "sort_by", SORTS).orElse("modified_time");
    String order = oneOf(call, "sort_order", Set.of("asc", "desc")).orElse("desc");
    Optional<TemplateFilter> filter = call.query("filters").map(TemplateFilter::of);
    Comparator<Setting> sorting = sorting(sortBy).thenComparing(Setting::id);
    return reader.metadata().settings(kind.noun()).stream()
        .filter(template -> module.isEmpty() || isOf(template, module.get()))
        .filter(template -> category.isEmpty() || isIn(template, category.get(), reader.userId()))
        .filter(template -> filter.isEmpty() || filter.get().accepts(template))
        .sorted(order.equals("asc") ? sorting : sorting.reversed())
        .toList();
  }

  /** No template was used yet, so by last usage they stand as they were made. */
  private static Comparator<Setting> sorting(String by) {
    return switch (by) {
      case "name" -> Comparator.comparing(one -> one.apiName().toLowerCase(Locale.ROOT));
      case "last_usage_time" -> Comparator.comparing(Setting::createdTime);
      default -> Comparator.comparing(Setting::modifiedTime);
    };
  }

  private static Module module(Reader reader, TemplateKind kind, String name) {
    return reader
        .metadata()
        .find(name)
        .filter(kind::isFor)
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA.with("param_name", "module").message(kind.moduleMessage()));
  }

  private static boolean isOf(Setting template, Module module) {
    Long parent = template.parentId();
    return parent != null && parent == module.id();
  }

  /** Nobody shares templates with single users yet. */
  private static boolean isIn(Setting template, String category, long userId) {
    Long author = template.createdBy();
    return switch (category) {
      case "favorite" -> TemplateJson.isFavorite(template, userId);
      case "created_by_me" -> author != null && author == userId;
      case "draft" -> template.body().path("category").asString("").equals("draft");
      default -> false;
    };
  }

  private static Optional<String> oneOf(Call call, String name, Set<String> values) {
    Optional<String> value = call.query(name);
    if (value.isPresent() && !values.contains(value.get())) {
      throw ErrorCode.PATTERN_NOT_MATCHED.with("param_name", name);
    }
    return value;
  }
}
