package io.clientele.app;

import io.clientele.files.FileAccess;
import io.clientele.files.FileRoutes;
import io.clientele.http.RouteTable;
import io.clientele.records.RecordRoutes;
import io.clientele.records.RecordTagRoutes;
import io.clientele.records.activities.MeetingCancelRoutes;
import io.clientele.records.attachments.AttachmentRoutes;
import io.clientele.records.convert.ConvertRoutes;
import io.clientele.records.locking.LockRoutes;

/** Records, and what hangs on them. */
final class RecordOperations {
  private RecordOperations() {}

  static void addTo(RouteTable routes, Installation installation) {
    var metadata = installation.metadata();
    var records = installation.records();
    new RecordRoutes(
            records,
            installation.database(),
            metadata,
            installation.tables(),
            installation.access(),
            installation.key("page_token"),
            installation.clock())
        .addTo(routes);
    new RecordTagRoutes(records, metadata).addTo(routes);
    new ConvertRoutes(
            installation.database(),
            metadata,
            installation.tables(),
            installation.access(),
            records,
            installation.jobs())
        .addTo(routes);
    new LockRoutes(records, metadata).addTo(routes);
    MassActions.addTo(routes, installation);
    new MeetingCancelRoutes(records, metadata).addTo(routes);
    new FileRoutes(
            installation.database(),
            metadata,
            installation.files(),
            new FileAccess(installation.tables(), installation.access()))
        .addTo(routes);
    new AttachmentRoutes(
            installation.database(),
            metadata,
            records,
            installation.tables(),
            installation.access(),
            installation.files())
        .addTo(routes);
  }
}
