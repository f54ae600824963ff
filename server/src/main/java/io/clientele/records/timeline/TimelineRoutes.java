package io.clientele.records.timeline;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.PageToken;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import java.time.Clock;
import java.util.List;

/** GET /{module}/{id}/__timeline. Reference: Timeline of a Record. */
public final class TimelineRoutes {
  private final Records records;
  private final Database database;
  private final MetadataCache metadata;
  private final ModuleTables tables;
  private final Access access;
  private final PageToken.Codec tokens;

  /**
   * @param tokenKey what signs page tokens
   */
  public TimelineRoutes(
      Records records,
      Database database,
      MetadataCache metadata,
      ModuleTables tables,
      Access access,
      byte[] tokenKey,
      Clock clock) {
    this.records = records;
    this.database = database;
    this.metadata = metadata;
    this.tables = tables;
    this.access = access;
    tokens = new PageToken.Codec(tokenKey, clock);
  }

  public void addTo(RouteTable routes) {
    routes.api("GET", "/{module}/{id}/__timeline", Scope.modules(Operation.READ), this::timeline);
  }

  /**
   * The changes of the record and of what hangs on it, latest first, a page of at most 200; 204
   * when there is none. INVALID_DATA when the record is not there or the filters cannot be.
   */
  private Reply timeline(Call call) {
    Metadata snapshot = metadata.of(call.caller());
    Module module = RecordRoutes.writable(call, snapshot);
    long userId = call.caller().userId();
    access.require(snapshot, userId, Action.READ, module);
    access.require(snapshot, userId, Action.permission("AccessTimeline", module.apiName()));
    TimelineQuery query = TimelineQuery.of(call, snapshot, tokens);
    long id = records.externals(call, snapshot).require(module, call.path("id"), 1);
    return database.read(
        tx -> {
          Sql there =
              sql("select 1 from " + tables.of(snapshot, module) + " t where t.\"id\" = ?", id)
                  .and(access.rows(snapshot, userId, Action.READ, module));
          if (tx.list(there, row -> 1).isEmpty()) {
            throw RecordRoutes.unknownId("the related id given seems to be invalid");
          }
          var entries = new TimelineEntries(snapshot, tables, access, userId);
          TimelinePage page = TimelinePage.of(query, entries.read(tx, id, query));
          if (page.entries().isEmpty()) {
            return Reply.noContent();
          }
          var names = new RecordNames(snapshot, tables);
          names.add(module.id(), id);
          List<FieldValues> values =
              page.entries().stream().map(entry -> FieldValues.of(snapshot, entry, names)).toList();
          names.read(tx);
          var writer = new TimelineJson(snapshot, userId, query, names);
          return Reply.ok(json -> writer.write(json, page, values, module, id));
        });
  }
}
