package io.clientele.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository that must equal what the code yields. */
public final class Golden {
  private static final String UPDATE = "update.golden";

  private Golden() {}

  /**
   * Compares the file {@code name} of the repository with {@code actual}, or writes it when the
   * system property {@code update.golden} is true.
   */
  public static void check(String name, String actual) {
    Path file = Repository.root().resolve(name);
    try {
      if (Boolean.getBoolean(UPDATE)) {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, actual);
      }
      assertThat(Files.exists(file)).as("%s exists; -D%s=true writes it", name, UPDATE).isTrue();
      assertThat(actual)
          .as("%s is what the code yields; -D%s=true rewrites it", name, UPDATE)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
