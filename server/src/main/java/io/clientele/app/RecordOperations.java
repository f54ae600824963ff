package io.clientele.app;

import io.clientele.backup.BackupRoutes;
import io.clientele.bulk.read.BulkReadRoutes;
import io.clientele.bulk.write.BulkWriteRoutes;
import io.clientele.coql.CoqlRoutes;
import io.clientele.files.FileAccess;
import io.clientele.files.FileRoutes;
import io.clientele.http.RouteTable;
import io.clientele.records.FieldAttachmentRoutes;
import io.clientele.records.RecordRoutes;
import io.clientele.records.RecordTagRoutes;
import io.clientele.records.activities.MeetingCancelRoutes;
import io.clientele.records.attachments.AttachmentRoutes;
import io.clientele.records.clone.CloneRoutes;
import io.clientele.records.convert.ConvertRoutes;
import io.clientele.records.deleted.DeletedRoutes;
import io.clientele.records.emailsharing.EmailSharingRoutes;
import io.clientele.records.explain.ExplainRoutes;
import io.clientele.records.locking.LockRoutes;
import io.clientele.records.merge.MergeRoutes;
import io.clientele.records.notes.NoteRoutes;
import io.clientele.records.photos.PhotoRoutes;
import io.clientele.records.related.RelatedRoutes;
import io.clientele.records.richtext.RichTextRoutes;
import io.clientele.records.search.SearchRoutes;
import io.clientele.records.share.ShareRoutes;
import io.clientele.records.territories.RecordTerritoryRoutes;
import io.clientele.records.timeline.TimelineRoutes;

/** Records, and what hangs on them. */
final class RecordOperations {
  private RecordOperations() {}

  static void addTo(RouteTable routes, Installation installation) {
    var metadata = installation.metadata();
    var records = installation.records();
    var shown =
        new RecordRoutes(
            records,
            installation.database(),
            metadata,
            installation.tables(),
            installation.access(),
            installation.key("page_token"),
            installation.clock());
    shown.addTo(routes);
    new RelatedRoutes(
            records,
            shown,
            installation.database(),
            metadata,
            installation.tables(),
            installation.access())
        .addTo(routes);
    new NoteRoutes(records, metadata, installation.access()).addTo(routes);
    new RecordTagRoutes(records, metadata).addTo(routes);
    new RecordTerritoryRoutes(records, metadata).addTo(routes);
    new CloneRoutes(records, metadata, installation.access()).addTo(routes);
    new RichTextRoutes(
            records,
            installation.database(),
            metadata,
            installation.tables(),
            installation.access())
        .addTo(routes);
    new DeletedRoutes(
            installation.database(), metadata, installation.access(), installation.clock())
        .addTo(routes);
    new TimelineRoutes(
            records,
            installation.database(),
            metadata,
            installation.tables(),
            installation.access(),
            installation.key("page_token"),
            installation.clock())
        .addTo(routes);
    new SearchRoutes(
            records,
            installation.database(),
            metadata,
            installation.tables(),
            installation.access(),
            installation.clock())
        .addTo(routes);
    new CoqlRoutes(
            installation.database(),
            metadata,
            installation.tables(),
            installation.access(),
            installation.clock())
        .addTo(routes);
    new BackupRoutes(
            installation.database(),
            installation.metadata(),
            installation.jobs(),
            installation.files(),
            installation.clock())
        .addTo(routes);
    new BulkReadRoutes(
            installation.database(),
            metadata,
            installation.tables(),
            installation.access(),
            installation.jobs(),
            installation.files(),
            installation.key("page_token"),
            installation.clock())
        .addTo(routes);
    new BulkWriteRoutes(
            installation.database(),
            metadata,
            installation.access(),
            installation.jobs(),
            installation.files(),
            installation.clock(),
            BulkWriteRoutes.ROWS)
        .addTo(routes);
    new ConvertRoutes(
            installation.database(),
            metadata,
            installation.tables(),
            installation.access(),
            records,
            installation.jobs())
        .addTo(routes);
    new LockRoutes(records, metadata).addTo(routes);
    new ShareRoutes(records, metadata).addTo(routes);
    new EmailSharingRoutes(records, metadata).addTo(routes);
    new ExplainRoutes(
            installation.database(), metadata, installation.tables(), installation.access())
        .addTo(routes);
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
    new PhotoRoutes(
            installation.database(),
            metadata,
            records,
            installation.tables(),
            installation.access(),
            installation.files())
        .addTo(routes);
    new FieldAttachmentRoutes(
            installation.database(),
            metadata,
            installation.tables(),
            installation.access(),
            installation.files())
        .addTo(routes);
    new MergeRoutes(
            installation.database(), metadata, installation.access(), records, installation.jobs())
        .addTo(routes);
  }
}
