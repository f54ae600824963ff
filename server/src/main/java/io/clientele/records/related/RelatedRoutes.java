package io.clientele.records.related;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.http.Call;
import io.clientele.http.Handler;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import java.util.function.BiFunction;

/** The paths of related lists: {@code /{module}/{id}/{related_list}}. */
public final class RelatedRoutes {
  private static final String LIST = "/{module}/{id}/{related_list}";

  private final MetadataCache metadata;
  private final RelatedRecords reading;
  private final ChangeRelated changing;
  private final CountRelated counting;

  /**
   * @param shown how records are listed and read
   */
  public RelatedRoutes(
      Records records,
      RecordRoutes shown,
      Database database,
      MetadataCache metadata,
      ModuleTables tables,
      Access access) {
    this.metadata = metadata;
    reading = new RelatedRecords(records, database, tables, access, shown.lists(), shown.singles());
    counting = new CountRelated(records, database, tables, access, shown.lists());
    changing = new ChangeRelated(records, tables, access);
  }

  public void addTo(RouteTable routes) {
    routes
        .api("GET", LIST, Scope.modules(Operation.READ), with(reading::list))
        .api("PUT", LIST, Scope.modules(Operation.UPDATE), with(changing::updateMany))
        .api("DELETE", LIST, Scope.modules(Operation.DELETE), with(changing::delinkMany))
        .api("GET", LIST + "/{related_id}", Scope.modules(Operation.READ), with(reading::one))
        .api("PUT", LIST + "/{related_id}", Scope.modules(Operation.UPDATE), with(changing::update))
        .api(
            "DELETE",
            LIST + "/{related_id}",
            Scope.modules(Operation.DELETE),
            with(changing::delink))
        .api(
            "POST",
            "/{module}/{id}/actions/get_related_records_count",
            Scope.modules(Operation.READ),
            with(counting::count))
        .api(
            "GET",
            "/{module}/deleted/{id}/{related_list}",
            Scope.modules(Operation.READ),
            with(reading::ofDeleted));
  }

  private Handler with(BiFunction<Call, Metadata, Reply> work) {
    return call -> work.apply(call, metadata.of(call.caller()));
  }
}
