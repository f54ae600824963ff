package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.metadata.types.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** GET /{module}/{id}: one record with all that hangs on it. Reference: Get Records. */
public final class GetRecord {
  private final Database database;
  private final Access access;
  private final RecordSelects selects;

  GetRecord(Database database, Access access, RecordSelects selects) {
    this.database = database;
    this.access = access;
    this.selects = selects;
  }

  /** The record; 204 when the user sees none of that id, 304 when it is not newer. */
  Reply get(Call call, Metadata metadata, Module module, long id, Optional<Instant> modifiedSince) {
    return get(call, metadata, module, Within.ALL, id, modifiedSince);
  }

  /** The same of a row within a part of the module. */
  public Reply get(
      Call call,
      Metadata metadata,
      Module module,
      Within within,
      long id,
      Optional<Instant> modifiedSince) {
    long userId = call.caller().userId();
    access.require(metadata, userId, Action.READ, module);
    List<String> names = ListQuery.fields(call);
    RecordSelect select = selects.forSingle(metadata, module, names, within);
    String modified =
        module.field("Modified_Time").isPresent() ? "t.\"modified_time\"" : "null::timestamptz";
    Sql statement =
        select.sql(
            modified,
            Rights.of(select, access, userId),
            within
                .join()
                .then("where t.\"id\" = ? and", id)
                .then(within.where().and(access.rows(metadata, userId, Action.READ, module))));
    boolean withChildren = names.isEmpty() && !Children.fields(module).isEmpty();
    var found = new Found();
    Reply reply =
        Reply.ok(
            json -> {
              var reading = new Reading(json, metadata, userId, true);
              database.read(
                  tx -> {
                    tx.stream(
                        statement,
                        rows -> {
                          if (rows.next()) {
                            found.modified = Moments.seconds(rows, select.width() + 1);
                            found.there = true;
                            begin(json);
                            select.writeKeys(rows, reading);
                            if (withChildren) {
                              Children.write(tx, selects, module, id, reading);
                            }
                            end(json);
                          }
                        });
                    return true;
                  });
            });
    if (!found.there) {
      return Reply.noContent();
    }
    boolean old =
        modifiedSince.isPresent() && found.modified <= modifiedSince.get().getEpochSecond();
    return old ? Reply.notModified() : reply;
  }

  /** What the one row said. */
  private static final class Found {
    boolean there;
    long modified;
  }

  private static void begin(JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("data");
    json.writeStartObject();
  }

  private static void end(JsonGenerator json) {
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }
}
