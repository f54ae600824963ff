package io.clientele.backup;

/**
 * How the files of a backup are cut.
 *
 * @param zipBytes how large a ZIP file may get before the next begins
 * @param partBytes the same for a part of a table
 * @param fileRows how many records a CSV file has at most
 * @param chunkRows for how many rows of a module its table is read at a time; in between, others
 *     can change the table
 */
public record BackupSizes(long zipBytes, long partBytes, int fileRows, int chunkRows) {
  public static final BackupSizes STANDARD =
      new BackupSizes(1_000_000_000, 64L << 20, 100_000, 50_000);
}
