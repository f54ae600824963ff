package io.clientele.files;

import java.time.Instant;
import java.util.Optional;

/**
 * A file or a link that clients know by its id.
 *
 * @param id what the wire calls the encrypted id
 * @param sha256 its content; empty for a link
 * @param link the URL of a link; empty for a file
 * @param use the record that has it; empty until it is used
 */
public record StoredFile(
    String id,
    Optional<String> sha256,
    Optional<String> link,
    long size,
    String name,
    String contentType,
    Optional<Use> use,
    long createdBy,
    Instant createdTime) {

  /**
   * Where a file is used. Who may see the record may see the file.
   *
   * @param placeId the field of the record that has it, or the attachment that it is
   */
  public record Use(long moduleId, long recordId, long placeId) {}
}
