package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import io.clientele.metadata.types.Invalid;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.records.Draft.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Turns the rows of a body into drafts. Unknown keys and fields that are read-only, or not for the
 * user's profile to write, are passed over, as the product does.
 */
final class DraftReader {
  /** Rows of one field that come with a record at a time. */
  static final int SUBFORM_ROWS = 200;

  private final Metadata metadata;
  private final Module module;
  private final boolean creating;
  private final boolean ofFile;
  private final List<Field> defaults;
  private final List<Field> demanded;
  private final DraftLayout layouts;
  private final DealPipelines pipelines;
  private final long userId;
  private final long profileId;

  DraftReader(Metadata metadata, Module module, boolean creating, long userId) {
    this(metadata, module, creating, false, userId);
  }

  private DraftReader(
      Metadata metadata, Module module, boolean creating, boolean ofFile, long userId) {
    this.metadata = metadata;
    this.module = module;
    this.creating = creating;
    this.ofFile = ofFile;
    this.defaults = module.fields().stream().filter(DraftReader::hasDefault).toList();
    this.demanded = demanded(module, ofFile);
    this.layouts = new DraftLayout(metadata, module, creating, !ofFile, userId);
    this.pipelines = new DealPipelines(module);
    this.userId = userId;
    this.profileId = metadata.profileOf(userId).map(Setting::id).orElse(0L);
  }

  /**
   * Rows of a file, all whose mistakes are told: layouts demand nothing of them, and what hangs on
   * them comes in files of its own.
   */
  static DraftReader ofFile(Metadata metadata, Module module, boolean creating, long userId) {
    return new DraftReader(metadata, module, creating, true, userId);
  }

  private static boolean hasDefault(Field field) {
    JsonNode value = field.definition().path("default_value");
    return value.isValueNode()
        && !value.isNull()
        && !value.asString().isEmpty()
        && field.stored().isPresent()
        && !field.readOnly();
  }

  /** The fields that some layout or all of them demand. */
  private static List<Field> demanded(Module module, boolean ofFile) {
    return module.fields().stream()
        .filter(field -> !field.readOnly())
        .filter(
            field ->
                ofFile
                    ? field.mandatory() && field.stored().isPresent()
                    : field.mandatory()
                        || module.layouts().stream()
                            .anyMatch(layout -> layout.required().contains(field.apiName())))
        .toList();
  }

  /** All rows of {@code data}; a row that cannot be read is a draft that failed. */
  List<Draft> readAll(JsonNode data) {
    return readAll(data, Map.of());
  }

  /**
   * @param errors what is known to be wrong with rows, by their number
   */
  List<Draft> readAll(JsonNode data, Map<Integer, ApiError> errors) {
    var drafts = new ArrayList<Draft>();
    for (int i = 0; i < data.size(); i++) {
      String path = "$.data[" + i + "]";
      ApiError error = errors.get(i);
      drafts.add(error == null ? read(data.get(i), path) : rejected(path, error));
    }
    return drafts;
  }

  private static Draft rejected(String path, ApiError error) {
    var draft = new Draft(path);
    draft.reject(error);
    return draft;
  }

  Draft read(JsonNode row, String path) {
    var draft = new Draft(path);
    try {
      if (!row.isObject()) {
        throw ErrorCode.INVALID_DATA
            .with("expected_data_type", "jsonobject")
            .with("json_path", path);
      }
      fill(draft, row);
    } catch (ApiError e) {
      draft.reject(e);
    }
    return draft;
  }

  private void fill(Draft draft, JsonNode row) {
    readId(draft, row);
    AppendedValues.read(draft, module, row);
    layouts.read(draft, row);
    for (Map.Entry<String, JsonNode> property : row.properties()) {
      Field field = module.field(property.getKey()).orElse(null);
      if (field != null
          && !field.readOnly()
          && field.permission(profileId) == Field.Permission.READ_WRITE
          && !property.getKey().equals("Layout")
          && layouts.takes(draft, field)) {
        read(draft, field, property.getValue(), row);
      }
    }
    ModuleRules.read(module, draft, row, creating);
    pipelines.read(draft, creating);
    if (creating) {
      addDefaults(draft);
      requireAll(draft);
    }
  }

  private void read(Draft draft, Field field, JsonNode value, JsonNode row) {
    try {
      layouts.checkPickList(draft, field, value);
      readValue(draft, field, value, row);
    } catch (ApiError e) {
      if (!ofFile) {
        throw e;
      }
      draft.reject(e);
      draft.set(field, null); // so that it is not said to be missing, too
    }
  }

  private void readValue(Draft draft, Field field, JsonNode value, JsonNode row) {
    String path = draft.path(field.apiName());
    Object parsed = field.type().parse(value, field, path);
    if (field.stored().isEmpty()) {
      readChildren(draft, field, value, path);
      return;
    }
    if (parsed == null && isMandatory(field, draft)) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(field.apiName(), path);
    }
    draft.set(field, parsed);
    if (field.type() instanceof MultiModuleLookupType && parsed != null) {
      draft.setModule(field, otherModule(draft, field, value, row).id());
    }
  }

  /**
   * In which module a lookup to several looks: named in the value, or beside it as {@code
   * $se_module}.
   */
  private Module otherModule(Draft draft, Field field, JsonNode value, JsonNode row) {
    JsonNode inside = value.path("module");
    if (!field.isPlainLookup()) {
      checkModule(field, inside, draft.path(field.apiName()) + ".module");
    }
    String name =
        inside.isObject()
            ? nameOf(inside)
            : inside.asString(row.path("$se_module").asString(row.path("se_module").asString("")));
    if (name.isEmpty()) {
      if (field.modules().size() == 1) {
        return metadata.get(field.modules().getFirst());
      }
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with(
              "dependee",
              Map.of("api_name", field.apiName(), "json_path", draft.path(field.apiName())))
          .at("$se_module", draft.path("$se_module"));
    }
    return metadata
        .find(name)
        .filter(found -> field.modules().contains(found.apiName()))
        .orElseThrow(() -> Invalid.oneOf(field.modules(), field, draft.path("$se_module")));
  }

  /** A module may be named by its id alone. */
  private String nameOf(JsonNode module) {
    String name = module.path("api_name").asString("");
    return name.isEmpty()
        ? PathId.parse(module.path("id").asString(""))
            .flatMap(metadata::find)
            .map(Module::apiName)
            .orElse("")
        : name;
  }

  /** How a lookup that says it has several modules is told which one. */
  private static void checkModule(Field field, JsonNode named, String path) {
    if (named.isMissingNode() || named.isNull()) {
      return;
    }
    if (!named.isObject()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at("module", path);
    }
    if (!field.modules().contains(named.path("api_name").asString(""))) {
      throw ErrorCode.INVALID_DATA
          .error()
          .message("the given module name is not exist in multimodulelookup")
          .at("api_name", path + ".api_name");
    }
  }

  private void readChildren(Draft draft, Field field, JsonNode rows, String path) {
    Module childModule = Children.module(metadata, field);
    var reader = new DraftReader(metadata, childModule, false, userId);
    draft.hasChildren(field);
    if (rows.isEmpty() && isMandatory(field, draft)) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(field.apiName(), path);
    }
    if (rows.size() > SUBFORM_ROWS) {
      throw Invalid.length(SUBFORM_ROWS, field, path);
    }
    int index = 0;
    for (JsonNode item : rows) {
      String at = path + "[" + index++ + "]";
      JsonNode row = Children.asRow(field, item);
      Draft child = reader.read(row, at);
      child.error().ifPresent(error -> draft.reject(error));
      boolean delete = row.has("_delete");
      if (!delete && child.id().isEmpty()) {
        reader.addDefaults(child);
      }
      draft.addChild(field, new Child(child, delete));
    }
  }

  private static void readId(Draft draft, JsonNode row) {
    JsonNode id = row.path("id");
    if (id.isMissingNode() || id.isNull()) {
      return;
    }
    String text = id.isString() || id.isIntegralNumber() ? id.asString() : "";
    if (!ListQuery.isId(text)) {
      throw ErrorCode.INVALID_DATA
          .error()
          .message("the id given seems to be invalid")
          .at("id", draft.path("id"));
    }
    draft.setGivenId(Long.parseLong(text));
  }

  private void addDefaults(Draft draft) {
    for (Field field : defaults) {
      if (!draft.values().containsKey(field) && !isOutside(draft, field)) {
        JsonNode value = field.definition().path("default_value");
        draft.set(field, field.type().parse(value, field, draft.path(field.apiName())));
      }
    }
  }

  private boolean isOutside(Draft draft, Field field) {
    return draft.layout().map(layout -> module.isOutside(layout, field)).orElse(false);
  }

  private void requireAll(Draft draft) {
    for (Field field : demanded) {
      if (!isMandatory(field, draft) || ModuleRules.spares(module, draft, field)) {
        continue;
      }
      boolean there =
          field.stored().isPresent()
              ? draft.values().get(field) != null
              : !draft.children().getOrDefault(field, List.of()).isEmpty();
      if (!there) {
        require(draft, field);
      }
    }
  }

  private void require(Draft draft, Field field) {
    ApiError missing =
        ErrorCode.MANDATORY_NOT_FOUND.error().at(field.apiName(), draft.path(field.apiName()));
    if (!ofFile) {
      throw missing;
    }
    boolean told =
        draft.errors().stream()
            .anyMatch(error -> field.apiName().equals(error.details().get("api_name")));
    if (!told) {
      draft.reject(missing);
    }
  }

  private static boolean isMandatory(Field field, Draft draft) {
    return field.mandatory() || DraftLayout.requires(draft, field);
  }
}
