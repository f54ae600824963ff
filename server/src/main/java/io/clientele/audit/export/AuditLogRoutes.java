package io.clientele.audit.export;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit log as a list, the newest first, for administrators: an operation of our own, {@code
 * GET /clientele/v1/audit_log}. 204 when there is nothing.
 */
public final class AuditLogRoutes {
  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;

  public AuditLogRoutes(Database database, MetadataCache cache, ModuleTables tables) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
  }

  public void addTo(RouteTable routes) {
    routes.own(
        "GET",
        "/clientele/v1/audit_log",
        Scope.of("settings.audit_logs", Operation.READ),
        this::list);
  }

  private record Named(AuditRow row, @Nullable String name) {}

  private Reply list(Call call) {
    Reader reader = AuditExportRoutes.permitted(cache, call);
    Paging paging = Paging.of(call);
    List<Named> rows =
        database.read(
            tx -> {
              var found = new ArrayList<Named>();
              new AuditRows(tx, reader.metadata(), tables)
                  .each(
                      Sql.TRUE,
                      "desc",
                      paging.perPage() + 1,
                      paging.offset(),
                      (row, name) -> found.add(new Named(row, name)));
              return found;
            });
    var page = paging.ofOneMore(rows);
    return Reply.page("audit_log", page, (inner, one) -> write(inner, reader, one));
  }

  private static void write(Keys keys, Reader reader, Named named) {
    AuditRow row = named.row;
    References.time(keys, "audited_time", row.time(), reader.zone());
    References.user(keys, reader.metadata(), "done_by", row.userId());
    keys.text("action", row.action()).text("entity", row.entity());
    Long moduleId = row.moduleId();
    var module = moduleId == null ? null : reader.metadata().find(moduleId).orElse(null);
    if (module == null) {
      keys.none("module");
    } else {
      keys.object(
          "module", inner -> inner.text("api_name", module.apiName()).id("id", module.id()));
    }
    Long recordId = row.recordId();
    keys.text("record_id", recordId == null ? null : recordId.toString())
        .text("name", named.name)
        .text("changed_fields", row.details())
        .text("source", row.source())
        .text("ip_address", row.address());
  }
}
