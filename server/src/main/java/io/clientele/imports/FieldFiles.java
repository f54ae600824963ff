package io.clientele.imports;

import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files that one field of one record has. */
record FieldFiles(long id, List<Named> files) {
  /** One of them. */
  record Named(String name, Supplier<@Nullable InputStream> content) {}
}
