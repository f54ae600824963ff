package io.clientele.metadata;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of the files in one of its fields; the writer of records makes a value of it.
 *
 * @param items what the client named, in order
 * @param replaces whether files that are not named go
 */
public record FileChange(List<Item> items, boolean replaces) {
  /**
   * A file: one that comes, one that stays and changes, or one that goes.
   *
   * @param path where it stands in the body
   * @param id of a file the field has already, or had in another record
   * @param fileId of the file as uploaded, for one that comes
   * @param delete whether it goes
   */
  public record Item(
      String path,
      Optional<Long> id,
      Optional<String> fileId,
      boolean delete,
      @Nullable String description,
      @Nullable Integer sequence) {}
}
