package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.backup.Manifest.Part;
import io.clientele.db.Transaction;
import io.clientele.files.FileStorage;
import io.clientele.files.Hashes;
import io.clientele.org.Org;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;

/** The contents of all files of an org, each under the name of its file. */
final class ContentFiles {
  private static final String FOLDER = "Attachments/";

  private final Transaction tx;
  private final Org org;
  private final FileStorage files;
  private final ZipSeries zips;

  /** Which contents there are and where, once for each. */
  private final PartWriter list;

  ContentFiles(
      Transaction tx,
      Org org,
      FileStorage files,
      ZipSeries zips,
      ZipSeries lists,
      BackupSizes sizes) {
    this.tx = tx;
    this.org = org;
    this.files = files;
    this.zips = zips;
    this.list = new PartWriter(lists, "contents", sizes.partBytes());
  }

  /**
   * The name of a file in the backup, as SQL: that of the attachment or the file, and its own.
   *
   * @param file the alias of the row of the file
   * @param attachments whether there are attachments of records
   */
  static String entry(Org org, String file, boolean attachments) {
    String id =
        attachments
            ? "coalesce((select a.\"id\"::text from %s a where a.\"id\" = %s.place_id), %s.id)"
                .formatted(org.table("attachments"), file, file)
            : file + ".id";
    return id
        + " || '_' || regexp_replace("
        + file
        + ".name, '[/\\\\:;*?\"<>|[:cntrl:]]', '_', 'g')";
  }

  List<Part> write(boolean attachments) {
    String entry = entry(org, "t", attachments);
    tx.passing(
        () -> {
          tx.stream(
              sql(
                  "select t.sha256, t.size, "
                      + entry
                      + " from "
                      + org.table("file")
                      + " t where t.sha256 is not null and not ("
                      + TableFiles.ofJobs(org)
                      + ") order by t.sha256, t.id"),
              rows -> {
                String before = "";
                while (rows.next()) {
                  String sha256 = rows.getString(1);
                  write(sha256, rows.getLong(2), rows.getString(3), !sha256.equals(before));
                  before = sha256;
                }
              });
          return true;
        });
    return list.finish();
  }

  private void write(String sha256, long size, String name, boolean first) {
    try (InputStream stored = files.open(org, sha256)) {
      var content = new DigestInputStream(stored, Hashes.sha256());
      OutputStream out = zips.begin(FOLDER + name);
      long length = content.transferTo(out);
      if (length != size
          || !HexFormat.of().formatHex(content.getMessageDigest().digest()).equals(sha256)) {
        throw new IOException("the content of the file " + name + " is not what was stored");
      }
      if (first) {
        String line = String.join("\t", sha256, Long.toString(size), zips.file(), FOLDER + name);
        list.take((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
