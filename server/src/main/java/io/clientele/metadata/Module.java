package io.clientele.metadata;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A module of an org: its fields, layouts, related lists and views, and where its records lie. */
public final class Module {
  private final long id;
  private final String apiName;
  private final Instant modifiedTime;
  private final JsonNode definition;
  private final Map<String, Field> fields;
  private final List<Field> fieldList;
  private final List<Field> fieldsWithRows;
  private final List<Layout> layouts;
  private final List<Setting> relatedLists;
  private final List<CustomView> customViews;
  private final Setting setting;
  private final Module whole;

  Module(
      Setting setting,
      List<Field> fields,
      List<Layout> layouts,
      List<Setting> relatedLists,
      List<CustomView> customViews) {
    this(setting, fields, layouts, relatedLists, customViews, null);
  }

  private Module(
      Setting setting,
      List<Field> fields,
      List<Layout> layouts,
      List<Setting> relatedLists,
      List<CustomView> customViews,
      @Nullable Module whole) {
    this.setting = setting;
    this.whole = whole == null ? this : whole;
    this.id = setting.id();
    this.apiName = setting.apiName();
    this.modifiedTime = setting.modifiedTime();
    this.definition = setting.body();
    var byName = new LinkedHashMap<String, Field>();
    fields.forEach(field -> byName.put(field.apiName(), field));
    this.fields = Collections.unmodifiableMap(byName);
    this.fieldList = List.copyOf(fields);
    this.fieldsWithRows = fields.stream().filter(field -> field.valueColumn().isEmpty()).toList();
    this.layouts = List.copyOf(layouts);
    this.relatedLists = List.copyOf(relatedLists);
    this.customViews = List.copyOf(customViews);
  }

  /** The module as the users of a profile see it: without the fields that it hides from them. */
  Module seenBy(long profileId) {
    List<Field> seen =
        fieldList.stream()
            .filter(field -> field.permission(profileId) != Field.Permission.HIDDEN)
            .toList();
    return seen.size() == fieldList.size()
        ? this
        : new Module(setting, seen, layouts, relatedLists, customViews, this);
  }

  /** With all its fields, whoever looks. */
  public Module whole() {
    return whole;
  }

  public long id() {
    return id;
  }

  public String apiName() {
    return apiName;
  }

  /** The name of its table, unquoted. */
  public String table() {
    return definition.path("table_name").asString(apiName.toLowerCase(Locale.ROOT));
  }

  /** Whether it has rows of its own; Activities has not, it shows those of other modules. */
  public boolean hasTable() {
    return definition.path("table").asBoolean(true)
        && !definition.path("own_table").asBoolean(false);
  }

  /** The modules whose records a combined module shows. */
  public List<String> unionOf() {
    JsonNode modules = definition.path("union_of");
    return modules.isEmpty() ? List.of() : modules.valueStream().map(JsonNode::asString).toList();
  }

  /** The field whose value is the name of a record wherever one is mentioned. */
  public Optional<Field> nameField() {
    return field(definition.path("name_field").asString(""));
  }

  /** The field by which upserts know a record again; custom modules have their name. */
  public Optional<Field> duplicateCheckField() {
    return generatedType().equals("custom")
        ? nameField()
        : field(definition.path("duplicate_check_field").asString(""));
  }

  /** The word for it in scopes: {@code ZohoCRM.modules.<word>.READ}. */
  public String scopeWord() {
    return definition.path("scope").asString(apiName.toLowerCase(Locale.ROOT));
  }

  public boolean territorySupported() {
    return definition.path("territory_supported").asBoolean(false);
  }

  /** Whether the operations on records answer for it. */
  public boolean apiSupported() {
    return definition.path("module").path("api_supported").asBoolean(true)
        && !definition.path("internal").asBoolean(false)
        && !definition.path("own_table").asBoolean(false);
  }

  /** How it came to be: default, custom, subform, linking, web. */
  public String generatedType() {
    return definition.path("module").path("generated_type").asString("default");
  }

  /** The lookup of a subform's rows to the record they belong to. */
  public String parentField() {
    return definition.path("parent_field").asString("Parent_Id");
  }

  public List<Field> fields() {
    return fieldList;
  }

  /** The fields whose values are rows of another module: subforms and multi-select lookups. */
  public List<Field> fieldsWithRows() {
    return fieldsWithRows;
  }

  public Optional<Field> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  public Optional<Field> field(long fieldId) {
    return fields.values().stream().filter(field -> field.id() == fieldId).findFirst();
  }

  public List<Layout> layouts() {
    return layouts;
  }

  public Optional<Layout> layout(long layoutId) {
    return layouts.stream().filter(layout -> layout.id() == layoutId).findFirst();
  }

  /** The layout that records of the profile's users get when they name none. */
  public Optional<Layout> defaultLayout(Setting profile) {
    return Stream.<Predicate<Layout>>of(
            layout -> layout.isDefaultOf(profile), layout -> layout.serves(profile), Layout::active)
        .flatMap(fits -> layouts.stream().filter(fits))
        .findFirst();
  }

  /**
   * Whether a layout leaves the field out: it was taken out, or only other layouts have it. What no
   * layout ever had, such as who made a record, belongs to all.
   */
  public boolean isOutside(Layout layout, Field field) {
    String name = field.apiName();
    return !layout.fields().contains(name)
        && (layout.unused().contains(name)
            || layouts.stream().anyMatch(other -> other.fields().contains(name)));
  }

  public List<Setting> relatedLists() {
    return relatedLists;
  }

  public List<CustomView> customViews() {
    return customViews;
  }

  public Instant modifiedTime() {
    return modifiedTime;
  }

  /** Everything that was said of it; {@code module} in it has the keys of the modules operation. */
  public JsonNode definition() {
    return definition;
  }

  @Override
  public String toString() {
    return apiName;
  }
}
