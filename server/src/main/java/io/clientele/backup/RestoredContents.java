package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.backup.Manifest.Part;
import io.clientele.db.Database;
import io.clientele.files.FileStorage;
import io.clientele.org.Org;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Stores the contents of files that a backup has. */
final class RestoredContents {
  private static final int FIELDS = 4;
  private static final int PROGRESS = 1_000;
  private static final long LIST_BYTES = 256L << 20;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Database database;
  private final FileStorage storage;
  private final Org org;
  private final BackupFiles files;
  private final Consumer<String> progress;
  private long count;

  RestoredContents(
      Database database,
      FileStorage storage,
      Org org,
      BackupFiles files,
      Consumer<String> progress) {
    this.database = database;
    this.storage = storage;
    this.org = org;
    this.files = files;
    this.progress = progress;
  }

  /** Answers how many there were; all that files name are there then. */
  long store(List<Part> lists) throws IOException {
    for (Part list : lists) {
      if (list.bytes() > LIST_BYTES) {
        throw new RestoreException("The list of contents of the backup is too large.");
      }
      try (var lines =
          new BufferedReader(new InputStreamReader(files.open(list), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          store(line.split("\t", -1));
        }
      }
    }
    List<String> missing =
        database.read(
            tx ->
                tx.list(
                    sql(
                        "select f.name from %s f where f.sha256 is not null and not exists (select from %s b where b.sha256 = f.sha256) limit 1"
                            .formatted(org.table("file"), org.table("blob"))),
                    row -> row.getString(1)));
    if (!missing.isEmpty()) {
      throw new RestoreException(
          "The backup has no content of the file " + missing.getFirst() + ".");
    }
    return count;
  }

  private void store(String[] line) throws IOException {
    if (line.length != FIELDS
        || !HASH.matcher(line[0]).matches()
        || !line[1].matches("\\d{1,15}")) {
      throw new RestoreException("The list of contents of the backup is damaged.");
    }
    try (InputStream content = files.open(line[2], line[3], Long.parseLong(line[1]), line[0])) {
      storage.keep(org, content, "", "");
    }
    count++;
    if (count % PROGRESS == 0) {
      progress.accept("%,d files".formatted(count));
    }
  }
}
