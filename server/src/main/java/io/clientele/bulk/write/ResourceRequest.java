package io.clientele.bulk.write;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.http.Scope;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.FileLines;
import io.clientele.records.FileRows.Operation;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One module of a bulk write with its file: whether both are there and fit. */
final class ResourceRequest {
  private static final String DATA = "data";
  private static final Set<String> CHILDREN = Set.of("subform", "linking");

  /** The standard modules that can be written so. */
  private static final Set<String> STANDARD =
      Set.of(
          "Leads",
          "Accounts",
          "Contacts",
          "Deals",
          "Campaigns",
          "Cases",
          "Solutions",
          "Products",
          "Vendors",
          "Price_Books",
          "Tasks",
          "Quotes",
          "Sales_Orders",
          "Purchase_Orders",
          "Invoices");

  private final Database database;
  private final Access access;
  private final FileStorage files;
  private final Metadata metadata;
  private final long userId;
  private final int mostRows;

  /** The files in archives, by the ids of these. */
  private final Map<String, List<String>> names = new HashMap<>();

  /**
   * @param metadata as the user sees it
   */
  ResourceRequest(
      Database database,
      Access access,
      FileStorage files,
      Metadata metadata,
      long userId,
      int mostRows) {
    this.database = database;
    this.access = access;
    this.files = files;
    this.metadata = metadata;
    this.userId = userId;
    this.mostRows = mostRows;
  }

  /** What a client asks for, with what is known of it by now. */
  record Asked(
      Call call,
      Operation operation,
      Optional<Charset> charset,
      Module first,
      Module module,
      JsonNode json,
      String path,
      boolean ignoreEmpty) {
    boolean isFirst() {
      return first == module;
    }
  }

  /**
   * @throws ApiError MODULE_NOT_AVAILABLE
   */
  Module module(JsonNode resource, String path) {
    JsonNode json = resource.path("module");
    JsonNode name = json.isObject() ? json.path("api_name") : json;
    if (name.isMissingNode() || name.isNull()) {
      throw WriteRequest.missing("module", path + ".module");
    }
    return metadata
        .find(name.asString(""))
        .filter(ResourceRequest::isSupported)
        .orElseThrow(
            () ->
                ErrorCode.MODULE_NOT_AVAILABLE
                    .error()
                    .message("Requested module '" + name.asString("") + "' is not available."));
  }

  private static boolean isSupported(Module module) {
    return isChild(module)
        || STANDARD.contains(module.apiName())
        || module.generatedType().equals("custom") && module.hasTable() && module.apiSupported();
  }

  /** Whether its rows hang on records of another module. */
  static boolean isChild(Module module) {
    return CHILDREN.contains(module.generatedType());
  }

  ObjectNode check(Asked asked) {
    JsonNode type = asked.json.path("type");
    if (type.isMissingNode() || type.isNull()) {
      throw WriteRequest.missing("type", asked.path + ".type");
    }
    if (!type.asString("").equals(DATA)) {
      throw ErrorCode.INVALID_DATA
          .with("supported_values", List.of(DATA))
          .at("type", asked.path + ".type");
    }
    if (!asked.isFirst() && !isChild(asked.module)) {
      throw ErrorCode.INVALID_DATA.error().at("api_name", asked.path + ".module.api_name");
    }
    Archive archive = archive(asked);
    String name = fileName(asked, archive);
    Survey survey = Survey.of(archive, name, asked.charset, mostRows);
    var mappings = new MappingRequest(metadata, asked, survey.header());
    ArrayNode mapped = mappings.check();
    Optional<FileLines.Parent> parent = parent(asked, mapped);
    require(asked, parent.map(FileLines.Parent::module).orElse(asked.module));
    parent.ifPresent(found -> found.require(metadata, userId));
    String findBy = findBy(asked, parent.isPresent());
    if (parent.isEmpty() && asked.operation != Operation.UPDATE) {
      mappings.requireMandatory(mapped);
    }
    ObjectNode kept = Json.MAPPER.createObjectNode().put("type", DATA);
    kept.putObject("module")
        .put("api_name", asked.module.apiName())
        .put("id", Long.toString(asked.module.id()));
    kept.put("file_id", asked.json.path("file_id").asString());
    kept.put("file", archive.file().id()).put("file_name", name);
    kept.put("charset", survey.charset().name()).put("rows", survey.rows());
    kept.put("ignore_empty", asked.ignoreEmpty);
    if (findBy.isEmpty()) {
      kept.putNull("find_by");
    } else {
      kept.put("find_by", findBy);
    }
    parent.ifPresent(found -> kept.put("lookup", found.lookup().apiName()));
    kept.set("field_mappings", mapped);
    return kept;
  }

  /** Scope and permissions: those of the module whose records are written. */
  private void require(Asked asked, Module module) {
    Scope scope = Scope.modules(Scope.Operation.CREATE).forModule(module.scopeWord());
    if (!asked.call.caller().scopes().covers(scope)) {
      throw ErrorCode.OAUTH_SCOPE_MISMATCH.error();
    }
    require(metadata, access, userId, module, asked.operation, module != asked.module);
  }

  /** Whether the user may have the work done. */
  static void require(
      Metadata metadata,
      Access access,
      long userId,
      Module module,
      Operation operation,
      boolean lines) {
    if (operation != Operation.UPDATE && !lines) {
      access.require(metadata, userId, Action.CREATE, module);
    }
    if (operation != Operation.INSERT || lines) {
      access.require(metadata, userId, Action.UPDATE, module);
    }
    access.require(metadata, userId, Action.permission("Import", module.apiName()));
  }

  private Archive archive(Asked asked) {
    JsonNode json = asked.json.path("file_id");
    if (json.isMissingNode() || json.isNull()) {
      throw WriteRequest.missing("file_id", asked.path + ".file_id");
    }
    String id = json.asString("");
    if (!id.matches("\\d{1,19}")) {
      throw ErrorCode.INVALID_FILE_ID.error();
    }
    return database
        .read(tx -> UploadedFiles.find(tx, metadata.org(), id, userId))
        .map(file -> new Archive(files, metadata.org(), file))
        .orElseThrow(() -> ErrorCode.FILE_NOT_FOUND.with("file_id", id));
  }

  private String fileName(Asked asked, Archive archive) {
    List<String> there = names.computeIfAbsent(archive.file().id(), id -> archive.names());
    JsonNode json = asked.json.path("file_names");
    String path = asked.path + ".file_names";
    if (json.isMissingNode() || json.isNull() || (json.isArray() && json.isEmpty())) {
      if (there.size() != 1) {
        throw Archive.improper();
      }
      return there.getFirst();
    }
    if (!json.isArray() || !json.valueStream().allMatch(JsonNode::isString)) {
      throw WriteRequest.wrongType("jsonarray", "file_names", path);
    }
    if (json.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at("file_names", path);
    }
    String name = json.get(0).asString();
    if (!there.contains(name)) {
      throw ErrorCode.FILE_NOT_FOUND.with("file_name", name);
    }
    return name;
  }

  /** What the rows hang on, where they are those of a subform or of a linking module. */
  private Optional<FileLines.Parent> parent(Asked asked, ArrayNode mapped) {
    if (!isChild(asked.module)) {
      return Optional.empty();
    }
    for (Mapping mapping : Mapping.list(mapped)) {
      Optional<FileLines.Parent> found =
          FileLines.parentOf(metadata, asked.module, mapping.apiName())
              .filter(one -> asked.isFirst() != mapping.isOfParent())
              .filter(one -> asked.isFirst() || one.module().id() == asked.first.id());
      if (found.isPresent()) {
        return found;
      }
    }
    throw ErrorCode.MANDATORY_NOT_FOUND
        .error()
        .message(
            asked.isFirst()
                ? "Required key find_by is not available"
                : "Required key parent_column_index is not available");
  }

  private static String findBy(Asked asked, boolean lines) {
    JsonNode json = asked.json.path("find_by");
    String name = json.asString("");
    if (name.isEmpty()) {
      if (asked.operation != Operation.INSERT && !lines) {
        throw ErrorCode.MANDATORY_NOT_FOUND
            .error()
            .message("Required key find_by is not available");
      }
      return "";
    }
    Optional<Field> field = asked.module.field(name);
    boolean known =
        name.equals(Mapping.ID)
            || field.filter(Field::mustDiffer).isPresent()
            || field.equals(asked.module.duplicateCheckField()) && field.isPresent();
    if (!known) {
      throw ErrorCode.INVALID_FIELD.error().at("find_by", asked.path + ".find_by");
    }
    return name;
  }
}
