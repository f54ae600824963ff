package io.clientele.records.richtext;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.ExternalIds;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * Rich text of records, whole: other operations answer only its beginning. Reference: Rich Text
 * Fields.
 */
public final class RichTextRoutes {
  private static final int MAXIMUM_IDS = 200;
  private static final int MAXIMUM_FIELDS = 8;

  private final Records records;
  private final Database database;
  private final MetadataCache metadata;
  private final ModuleTables tables;
  private final Access access;

  public RichTextRoutes(
      Records records,
      Database database,
      MetadataCache metadata,
      ModuleTables tables,
      Access access) {
    this.records = records;
    this.database = database;
    this.metadata = metadata;
    this.tables = tables;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    Scope scope = Scope.modules(Operation.READ);
    routes
        .api("GET", "/{module}/actions/fetch_full_data", scope, this::many)
        .api("GET", "/{module}/{id}/actions/fetch_full_data", scope, this::one);
  }

  /** Those fields of the records that {@code ids} names, at most 200 records and 8 fields. */
  private Reply many(Call call) {
    Metadata snapshot = metadata.of(call.caller());
    Module module = RecordRoutes.writable(call, snapshot);
    List<String> ids = texts(call.requiredQuery("ids"));
    List<String> names = texts(call.requiredQuery("fields"));
    if (ids.size() > MAXIMUM_IDS || names.size() > MAXIMUM_FIELDS) {
      throw ErrorCode.INVALID_REQUEST.error();
    }
    ExternalIds externals = records.externals(call, snapshot);
    List<Long> found =
        externals.names(module)
            ? List.copyOf(externals.find(module, ids).values())
            : ids.stream().map(RichTextRoutes::id).toList();
    return read(call, snapshot, module, found, names);
  }

  /** Those fields of one record, all rich text when {@code fields} names none. */
  private Reply one(Call call) {
    Metadata snapshot = metadata.of(call.caller());
    Module module = RecordRoutes.writable(call, snapshot);
    List<String> names = call.query("fields").map(RichTextRoutes::texts).orElse(List.of());
    return records
        .externals(call, snapshot)
        .find(module, call.path("id"), 1)
        .map(id -> read(call, snapshot, module, List.of(id), names))
        .orElseGet(Reply::noContent);
  }

  /** 204 when there is no such record or no such field. */
  private Reply read(
      Call call, Metadata snapshot, Module module, List<Long> ids, List<String> names) {
    long userId = call.caller().userId();
    access.require(snapshot, userId, Action.READ, module);
    List<Field> fields =
        module.fields().stream()
            .filter(field -> field.isRichText() && field.stored().isPresent())
            .filter(field -> names.isEmpty() || names.contains(field.apiName()))
            .toList();
    if (fields.isEmpty()) {
      return Reply.noContent();
    }
    String columns =
        fields.stream()
            .map(field -> ", t." + Sql.identifier(field.column()))
            .collect(Collectors.joining());
    Sql statement =
        sql("select t.\"id\"" + columns + " from " + tables.of(snapshot, module) + " t where")
            .then(
                sql("t.\"id\" = any(?)", (Object) ids.toArray(Long[]::new))
                    .and(access.rows(snapshot, userId, Action.READ, module)))
            .then("order by t.\"id\" desc");
    int[] count = {0};
    Reply reply =
        Reply.ok(
            json -> {
              begin(json);
              var _ =
                  database.read(
                      tx -> {
                        tx.stream(
                            statement,
                            rows -> {
                              while (rows.next()) {
                                count[0]++;
                                json.writeStartObject();
                                for (int i = 0; i < fields.size(); i++) {
                                  json.writeStringProperty(
                                      fields.get(i).apiName(), rows.getString(i + 2));
                                }
                                json.writeStringProperty("id", Long.toString(rows.getLong(1)));
                                json.writeEndObject();
                              }
                            });
                        return true;
                      });
              json.writeEndArray();
              json.writeEndObject();
            });
    return count[0] == 0 ? Reply.noContent() : reply;
  }

  private static void begin(JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("data");
  }

  private static List<String> texts(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .distinct()
        .toList();
  }

  private static long id(String text) {
    if (!text.matches("[1-9]\\d{0,17}|[1-8]\\d{18}")) {
      throw ErrorCode.INVALID_DATA.with("param_name", "ids");
    }
    return Long.parseLong(text);
  }
}
