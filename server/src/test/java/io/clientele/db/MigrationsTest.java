package io.clientele.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A start skips migrations by these numbers, so they must follow the files. */
class MigrationsTest {
  @Test
  void theVersionsAreThoseOfTheNewestFiles() throws IOException, URISyntaxException {
    assertThat(Migrations.SHARED_VERSION).isEqualTo(newest("/db/shared"));
    assertThat(Migrations.ORG_VERSION).isEqualTo(newest("/db/org"));
  }

  private static int newest(String folder) throws IOException, URISyntaxException {
    var location = Objects.requireNonNull(MigrationsTest.class.getResource(folder));
    try (var files = Files.list(Path.of(location.toURI()))) {
      return files
          .mapToInt(
              file ->
                  Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1")))
          .max()
          .orElseThrow();
    }
  }
}
