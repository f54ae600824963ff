package io.clientele.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the repository lies, and the material beside it. */
public final class Repository {
  private static final Path ROOT = findRoot();

  private Repository() {}

  /** The folder with {@code mvnw}. */
  public static Path root() {
    return ROOT;
  }

  /**
   * A file or folder in {@code shared}, the material that may lie beside the repository; the system
   * property {@code shared} names it for a copy of the repository elsewhere.
   */
  public static Optional<Path> findShared(String name) {
    String property = System.getProperty("shared");
    var candidates =
        property != null
            ? Stream.of(Path.of(property))
            : ancestors(ROOT).map(folder -> folder.resolve("shared"));
    return candidates.map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
  }

  private static Path findRoot() {
    return ancestors(Path.of("").toAbsolutePath())
        .filter(folder -> Files.exists(folder.resolve("mvnw")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no mvnw above the working directory"));
  }

  private static Stream<Path> ancestors(Path folder) {
    return Stream.iterate(folder, Objects::nonNull, Path::getParent);
  }
}
