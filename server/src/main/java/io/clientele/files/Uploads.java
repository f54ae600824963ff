package io.clientele.files;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.http.Call;
import io.clientele.http.Multipart;
import io.clientele.http.Multipart.Part;
import io.clientele.http.Query;
import io.clientele.org.Org;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Takes the files of one call: first each to the disk, then, when all are good, into the store. */
final class Uploads {
  /** The part that is a file, in every operation. */
  private static final String FILE = "file";

  private static final int TEXT_BYTES = 64 << 10;
  private static final int TEXTS = 100;

  private final Database database;
  private final BlobStore store;
  private final Clock clock;

  Uploads(Database database, BlobStore store, Clock clock) {
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  private record Named(StagedFile file, String name, String contentType) {}

  Upload receive(Call call, Org org, UploadLimits limits) {
    List<Named> staged = new ArrayList<>();
    var fields = new Query();
    try {
      call.parts(part -> take(part, staged, fields, limits));
      for (Named named : staged) {
        keep(org, named.file);
      }
      return new Upload(
          staged.stream()
              .map(
                  named ->
                      new Upload.Content(
                          named.file.sha256(), named.file.size(), named.name, named.contentType))
              .toList(),
          fields);
    } catch (Multipart.Malformed e) {
      throw limits.broken();
    } finally {
      staged.forEach(named -> named.file.close());
    }
  }

  private void take(Part part, List<Named> staged, Query fields, UploadLimits limits) {
    if (!part.name().equals(FILE) || part.fileName().isEmpty()) {
      if (fields.names().size() == TEXTS) {
        throw limits.broken();
      }
      fields.add(part.name(), part.text(TEXT_BYTES));
      return;
    }
    if (staged.size() == limits.files()) {
      throw limits.tooMany();
    }
    StagedFile file = stage(part, limits);
    String name = FileNames.of(part.fileName().get());
    var named = new Named(file, name, ContentTypes.of(part.contentType(), name));
    staged.add(named); // from here on it is deleted whatever happens
    limits
        .inspect()
        .apply(file.path())
        .ifPresent(type -> staged.set(staged.size() - 1, new Named(file, name, type)));
  }

  private StagedFile stage(Part part, UploadLimits limits) {
    try {
      return StagedFile.of(part.content(), store.staging(), limits.bytes())
          .orElseThrow(limits::tooLarge);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps a content that no call brought. */
  Upload.Content keep(Org org, InputStream content, String name, String contentType) {
    try (StagedFile file = StagedFile.of(content, store.staging(), Long.MAX_VALUE).orElseThrow()) {
      keep(org, file);
      return new Upload.Content(file.sha256(), file.size(), name, contentType);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * First the row, then the content: whoever removes contents that nobody uses locks the row, so a
   * content is either seen in time, or removed before and kept anew.
   */
  private void keep(Org org, StagedFile file) {
    database.change(
        tx ->
            tx.update(
                sql(
                    "insert into "
                        + org.table("blob")
                        + " as b (sha256, size, check_time) values (?, ?, ?) on conflict (sha256)"
                        + " do update set check_time = excluded.check_time",
                    file.sha256(),
                    file.size(),
                    clock.instant().atOffset(ZoneOffset.UTC))));
    store.keep(key(org, file.sha256()), file.path());
  }

  /** Each org's contents lie by themselves, so that an org can be moved or removed whole. */
  static String key(Org org, String sha256) {
    return org.id() + "/" + sha256.substring(0, 2) + "/" + sha256;
  }
}
