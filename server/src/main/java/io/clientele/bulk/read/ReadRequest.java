package io.clientele.bulk.read;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.bulk.Callback;
import io.clientele.coql.Sources;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.http.Scope;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.records.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client wants to read, checked; and what a job needs of it. */
record ReadRequest(Metadata metadata, ModuleTables tables, Access access, long userId) {
  static final String ICS = "ics";

  private static final List<String> FILE_TYPES = List.of("csv", ICS);
  private static final int LAST_PAGE = 50;
  private static final int FIELDS = 1_000;
  private static final String EXPORT = "Export";
  private static final Set<String> UNSUPPORTED = Set.of("Notes", "Attachments", "Emails");

  /**
   * The body of the job.
   *
   * @throws ApiError about the first thing that is wrong
   */
  ObjectNode check(Call call, JsonNode body, JsonNode query) {
    Module module = module(query.path("module"));
    checkScope(call, module);
    require(module);
    ObjectNode job = Json.MAPPER.createObjectNode();
    job.put("version", call.version().path());
    job.put("file_type", fileType(body, query, module));
    Callback.check(body.path("callback")).ifPresent(found -> job.set("callback", found.json()));
    ObjectNode kept = job.putObject("query");
    kept.putObject("module")
        .put("id", Long.toString(module.id()))
        .put("api_name", module.apiName());
    fields(query.path("fields"), module, kept, job.path("file_type").asString());
    view(query.path("cvid"), module, kept);
    JsonNode criteria = query.path("criteria");
    if (!criteria.isMissingNode() && !criteria.isNull()) {
      kept.set("criteria", criteria(module, criteria));
    }
    kept.put("page", page(query.path("page")));
    return job;
  }

  /**
   * @throws ApiError TOKEN_BOUND_DATA_MISMATCH when {@code query} says something else than {@code
   *     first}, which a page token goes on from
   */
  void checkSame(Call call, ObjectNode first, ObjectNode query) {
    Module module = module(first.path("module"));
    checkScope(call, module);
    require(module);
    JsonNode name = query.path("module");
    boolean same =
        (name.isMissingNode()
                || (name.isObject() ? name.path("api_name") : name)
                    .asString("")
                    .equals(module.apiName()))
            && Stream.of("cvid", "fields")
                .filter(query::hasNonNull)
                .allMatch(key -> query.path(key).equals(first.path(key)))
            && (!query.hasNonNull("criteria")
                || criteria(module, query.path("criteria")).equals(first.path("criteria")));
    if (!same) {
      throw ErrorCode.TOKEN_BOUND_DATA_MISMATCH.with("param_name", "page_token");
    }
  }

  private ObjectNode criteria(Module module, JsonNode json) {
    var paths = new ReadPaths(sources(), "f", module, ErrorCode.FIELD_IN_CRITERIA_NOT_AVAILABLE);
    return new ReadCriteria(paths).check(json);
  }

  private static void checkScope(Call call, Module module) {
    Scope scope = Scope.modules(Scope.Operation.READ).forModule(module.scopeWord());
    if (!call.caller().scopes().covers(scope)) {
      throw ErrorCode.OAUTH_SCOPE_MISMATCH.error();
    }
  }

  /** Whether the user may still have the records of the module in a file. */
  void require(Module module) {
    access.require(metadata, userId, Action.READ, module);
    access.require(metadata, userId, Action.permission(EXPORT, module.apiName()));
  }

  Sources sources() {
    return new Sources(metadata, tables, access, userId);
  }

  /** By an object, or, as old clients say it, by its name. */
  private Module module(JsonNode json) {
    JsonNode name = json.isObject() ? json.path("api_name") : json;
    if (!name.isString()) {
      throw ErrorCode.INVALID_REQUEST.with("api_name", "module");
    }
    Module module =
        metadata
            .find(name.asString())
            .orElseThrow(() -> ErrorCode.MODULE_NOT_AVAILABLE.with("api_name", name.asString()));
    if (!module.hasTable() || !module.apiSupported() || UNSUPPORTED.contains(module.apiName())) {
      throw ErrorCode.MODULE_NOT_SUPPORTED.with("api_name", module.apiName());
    }
    return module;
  }

  private static String fileType(JsonNode body, JsonNode query, Module module) {
    JsonNode json = body.hasNonNull("file_type") ? body.path("file_type") : query.path("file_type");
    if (json.isMissingNode() || json.isNull()) {
      return FILE_TYPES.getFirst();
    }
    String type = json.asString("");
    if (!FILE_TYPES.contains(type)) {
      throw ErrorCode.INVALID_DATA
          .with("api_name", "file_type")
          .with("supported_values", FILE_TYPES);
    }
    if (type.equals(ICS) && !module.apiName().equals("Events")) {
      throw ErrorCode.NOT_SUPPORTED_FEATURE.with("resource", "file_type");
    }
    return type;
  }

  private void fields(JsonNode json, Module module, ObjectNode kept, String fileType) {
    if (json.isMissingNode() || json.isNull() || json.isEmpty() && json.isArray()) {
      return;
    }
    if (!json.isArray() || !json.valueStream().allMatch(JsonNode::isString)) {
      throw ErrorCode.INVALID_REQUEST.with("api_name", "fields");
    }
    if (fileType.equals(ICS) || json.size() > FIELDS) {
      throw ErrorCode.FIELD_NOT_SUPPORTED.with("api_name", "fields");
    }
    var _ = new ReadColumns(sources(), module, names(json));
    kept.set("fields", json);
  }

  static List<String> names(JsonNode fields) {
    List<String> names = new ArrayList<>();
    fields.forEach(field -> names.add(field.asString()));
    return names;
  }

  private void view(JsonNode json, Module module, ObjectNode kept) {
    if (json.isMissingNode() || json.isNull()) {
      return;
    }
    ApiError unsupported = ErrorCode.CVID_NOT_SUPPORTED.with("cvid", json.asString(""));
    long id = PathId.parse(json.asString("")).orElseThrow(() -> unsupported);
    try {
      var _ = new Views(tables).require(metadata, module, id, userId);
    } catch (ApiError e) {
      throw unsupported;
    }
    kept.put("cvid", Long.toString(id));
  }

  private static int page(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return 1;
    }
    if (!json.isIntegralNumber() || !json.canConvertToInt() || json.asInt() < 1) {
      throw ErrorCode.PAGE_NOT_SUPPORTED.with("max_limit", LAST_PAGE);
    }
    if (json.asInt() > LAST_PAGE) {
      throw ErrorCode.PAGE_RANGE_EXCEEDED.with("max_limit", LAST_PAGE);
    }
    return json.asInt();
  }
}
