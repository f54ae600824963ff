package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.IfModifiedSince;
import io.clientele.http.Reply;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcomes.Row;
import io.clientele.records.UpsertRecords.Upserted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What writes records on {@code /{module}} and {@code /{module}/{id}}. */
final class WriteRoutes {
  private static final int MAXIMUM_IDS = 100;
  private static final Set<String> WITHOUT_UPSERT = Set.of("Tasks", "Events", "Calls", "Notes");

  private final Records records;
  private final MetadataCache metadata;
  private final Access access;

  WriteRoutes(Records records, MetadataCache metadata, Access access) {
    this.records = records;
    this.metadata = metadata;
    this.access = access;
  }

  /** A call that writes to a module, with what its header says of external ids. */
  private record Write(
      Call call, Metadata metadata, Module module, long userId, ExternalIds externals) {

    /** The rows of a body as drafts; what their external ids name is found before. */
    List<Draft> drafts(JsonNode data, boolean creating, ExternalRows rows) {
      if (!creating) {
        rows.resolveOwn(data);
      }
      rows.resolveLookups(data);
      return new DraftReader(metadata, module, creating, userId).readAll(data, rows.errors());
    }

    ExternalRows rows() {
      return new ExternalRows(externals, module);
    }

    /** What each kept row says: its external id too, when the call named it by that. */
    IntFunction<Row> says(String message, Map<Integer, String> own) {
      return index ->
          new Row(
              message,
              Map.of(),
              externals
                  .of(module)
                  .filter(external -> own.containsKey(index))
                  .map(external -> Map.of(external.field().apiName(), own.get(index)))
                  .orElse(Map.of()));
    }

    Reply tooMany(ApiError error) {
      return Outcomes.reply(List.of(new Rejected(error)), 200, "", metadata, userId);
    }
  }

  private Write write(Call call) {
    Metadata snapshot = metadata.of(call.caller().orgId());
    Module module = RecordRoutes.writable(call, snapshot);
    return new Write(
        call, snapshot, module, call.caller().userId(), records.externals(call, snapshot));
  }

  /**
   * POST /{module}: adds the rows of {@code data}; the good ones are kept, one outcome for each.
   * Reference: Insert Records.
   */
  Reply create(Call call) {
    Write write = write(call);
    if (isSubform(write.module)) {
      throw notSupported();
    }
    JsonNode data = WriteBody.data(call.json());
    access.require(write.metadata, write.userId, Action.CREATE, write.module);
    Optional<ApiError> tooMany = WriteBody.tooMany(write.module, data);
    if (tooMany.isPresent()) {
      return write.tooMany(tooMany.get());
    }
    List<Draft> drafts = write.drafts(data, true, write.rows());
    return records.answer(
        call,
        write.metadata,
        Source.CRM_API,
        change ->
            Outcomes.reply(
                change.create(write.module, drafts),
                201,
                "record added",
                write.metadata,
                write.userId));
  }

  /**
   * POST /{module}/upsert: changes the rows of {@code data} that are records already, adds the
   * others; {@code duplicate_check_fields} says how the former are known. Reference: Upsert
   * Records.
   */
  Reply upsert(Call call) {
    Write write = write(call);
    if (isSubform(write.module) || WITHOUT_UPSERT.contains(write.module.apiName())) {
      throw notSupported();
    }
    JsonNode body = call.json();
    JsonNode data = WriteBody.data(body);
    access.require(write.metadata, write.userId, Action.CREATE, write.module);
    access.require(write.metadata, write.userId, Action.UPDATE, write.module);
    List<Field> checks = DuplicateChecks.of(write.module, body.path("duplicate_check_fields"));
    var since = IfModifiedSince.unmodified(call);
    Optional<ApiError> tooMany = WriteBody.tooMany(write.module, data);
    if (tooMany.isPresent()) {
      return write.tooMany(tooMany.get());
    }
    ExternalRows rows = write.rows();
    rows.resolveLookups(data);
    return records.answer(
        call,
        write.metadata,
        Source.CRM_API,
        change -> {
          var upsert = new UpsertRecords(change, write.module, checks, since);
          List<Upserted> results = upsert.upsert(data, rows.errors());
          return Outcomes.reply(
              results.stream().map(Upserted::outcome).toList(),
              200,
              write.metadata,
              write.userId,
              index -> says(results.get(index)));
        });
  }

  /** New rows of subforms come with the record they belong to. */
  private static boolean isSubform(Module module) {
    return module.generatedType().equals("subform");
  }

  private static ApiError notSupported() {
    return ErrorCode.INVALID_MODULE
        .with("resource_path_index", 0)
        .message("The given module is not supported in API");
  }

  private static Row says(Upserted row) {
    var beside = new LinkedHashMap<String, @Nullable String>();
    beside.put("duplicate_field", row.by().orElse(null));
    beside.put("action", row.updated() ? "update" : "insert");
    return new Row(row.updated() ? "record updated" : "record added", beside, Map.of());
  }

  /**
   * PUT /{module}: changes the rows of {@code data}; those without an id or with one that is not
   * there are rejected, and so is what was changed since {@code If-Unmodified-Since}. Reference:
   * Update Records.
   */
  Reply updateMany(Call call) {
    Write write = write(call);
    JsonNode data = WriteBody.data(call.json());
    access.require(write.metadata, write.userId, Action.UPDATE, write.module);
    Optional<ApiError> tooMany = WriteBody.tooMany(write.module, data);
    if (tooMany.isPresent()) {
      return write.tooMany(tooMany.get());
    }
    ExternalRows rows = write.rows();
    List<Draft> drafts = write.drafts(data, false, rows);
    return reply(write, update(write, drafts), rows.own());
  }

  /** PUT /{module}/{id}: the same for one record. */
  Reply update(Call call) {
    Write write = write(call);
    JsonNode data = WriteBody.data(call.json());
    access.require(write.metadata, write.userId, Action.UPDATE, write.module);
    if (data.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at("data", "$.data");
    }
    long id = write.externals.require(write.module, call.path("id"), 1);
    write.externals.of(write.module).ifPresent(external -> refuseOwn(call, external, data.get(0)));
    if (data.get(0) instanceof ObjectNode row) {
      row.put("id", Long.toString(id));
    }
    List<Outcome> outcomes = update(write, write.drafts(data, false, write.rows()));
    if (outcomes.getFirst() instanceof Rejected rejected
        && rejected.error().code() == ErrorCode.INVALID_DATA
        && "$.data[0].id".equals(rejected.error().details().get("json_path"))) {
      throw RecordRoutes.unknownId("the id given seems to be invalid");
    }
    return reply(write, outcomes, Map.of(0, call.path("id")));
  }

  /** An external id cannot be changed in a call that names the record by it. */
  private static void refuseOwn(Call call, ExternalField external, JsonNode row) {
    String name = external.field().apiName();
    if (row instanceof ObjectNode object) {
      JsonNode value = object.remove(name);
      if (value != null && !value.asString("").equals(call.path("id"))) {
        throw ErrorCode.NOT_ALLOWED.error().status(400).at(name, "$.data[0]." + name);
      }
    }
  }

  private List<Outcome> update(Write write, List<Draft> drafts) {
    var since = IfModifiedSince.unmodified(write.call);
    return records.change(
        write.metadata,
        write.userId,
        Source.CRM_API,
        change -> change.update(write.module, drafts, since));
  }

  private static Reply reply(Write write, List<Outcome> outcomes, Map<Integer, String> own) {
    return Outcomes.reply(
        outcomes, 200, write.metadata, write.userId, write.says("record updated", own));
  }

  /** DELETE /{module}: deletes the records that {@code ids} names. Reference: Delete Records. */
  Reply deleteMany(Call call) {
    Write write = write(call);
    List<String> texts = ListQuery.texts(call.requiredQuery("ids"));
    if (texts.isEmpty()) {
      throw ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", "ids");
    }
    if (texts.size() > MAXIMUM_IDS) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM_IDS).with("param_name", "ids");
    }
    if (!write.externals.names(write.module) && !texts.stream().allMatch(ListQuery::isId)) {
      throw ErrorCode.UNABLE_TO_PARSE_DATA_TYPE.error();
    }
    List<String> distinct = texts.stream().distinct().toList();
    return reply(write, distinct, delete(write, distinct));
  }

  /** DELETE /{module}/{id}: deletes one record. */
  Reply delete(Call call) {
    Write write = write(call);
    String text = call.path("id");
    if (!write.externals.names(write.module) && !ListQuery.isId(text)) {
      throw ErrorCode.INVALID_DATA.with("resource_path_index", 0).message("invalid record id");
    }
    List<Outcome> outcomes = delete(write, List.of(text));
    if (outcomes.getFirst() instanceof Rejected rejected
        && rejected.error().code() == ErrorCode.INVALID_DATA) {
      throw RecordRoutes.unknownId("record not deleted");
    }
    return reply(write, List.of(text), outcomes);
  }

  /** Deletes what ids name, which may be external; those that name nothing are rejected. */
  private List<Outcome> delete(Write write, List<String> texts) {
    Map<String, Long> found =
        write.externals.names(write.module)
            ? write.externals.find(write.module, texts)
            : texts.stream()
                .collect(java.util.stream.Collectors.toMap(text -> text, Long::valueOf));
    List<Long> ids = texts.stream().map(found::get).filter(java.util.Objects::nonNull).toList();
    List<Outcome> deleted = records.delete(write.metadata, write.module, write.userId, ids);
    return texts.stream().map(text -> outcome(text, found, ids, deleted)).toList();
  }

  private static Reply reply(Write write, List<String> texts, List<Outcome> outcomes) {
    return Outcomes.reply(
        outcomes, 200, write.metadata, write.userId, write.says("record deleted", byIndex(texts)));
  }

  private static Outcome outcome(
      String text, Map<String, Long> found, List<Long> ids, List<Outcome> deleted) {
    Long id = found.get(text);
    return id == null
        ? new Rejected(ErrorCode.INVALID_DATA.with("id", text).message("record not deleted"))
        : deleted.get(ids.indexOf(id));
  }

  private static Map<Integer, String> byIndex(List<String> texts) {
    return java.util.stream.IntStream.range(0, texts.size())
        .boxed()
        .collect(java.util.stream.Collectors.toMap(index -> index, texts::get));
  }
}
