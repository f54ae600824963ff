package io.clientele.backup;

import io.clientele.backup.Manifest.Part;
import io.clientele.db.Copy;
import io.clientele.files.Hashes;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes lines as entries of ZIP files, of which none gets much larger than a limit. */
final class PartWriter implements Copy.Rows {
  private final ZipSeries zips;
  private final String name;
  private final long most;
  private final List<Part> parts = new ArrayList<>();
  private final MessageDigest digest = Hashes.sha256();
  private @Nullable OutputStream out;
  private String entry = "";
  private long bytes;
  private long rows;

  PartWriter(ZipSeries zips, String name, long most) {
    this.zips = zips;
    this.name = name;
    this.most = most;
  }

  @Override
  public void take(byte[] row) throws IOException {
    if (bytes >= most) {
      end();
    }
    OutputStream to = out;
    if (to == null) {
      entry = "%s/%03d.txt".formatted(name, parts.size() + 1);
      to = zips.begin(entry);
      out = to;
    }
    to.write(row);
    digest.update(row);
    bytes += row.length;
    rows++;
  }

  private void end() {
    if (out != null) {
      String hash = HexFormat.of().formatHex(digest.digest());
      parts.add(new Part(zips.file(), entry, hash, bytes, rows));
      out = null;
      bytes = 0;
      rows = 0;
    }
  }

  /** All parts; nothing more is written. */
  List<Part> finish() {
    end();
    return parts;
  }
}
