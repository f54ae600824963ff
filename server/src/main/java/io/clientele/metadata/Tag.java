package io.clientele.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tag that records of one module can carry. */
public record Tag(long id, long moduleId, String name, @Nullable String colorCode) {
  /** Tags by name, as a client writes them. */
  public record Names(List<String> names) {}
}
