package io.clientele.backup;

import java.io.IOException;
import java.io.InputStream;

/** Takes the ZIP files of a backup, one after the other as each is whole. */
@FunctionalInterface
public interface BackupTarget {
  void take(String name, InputStream content) throws IOException;
}
