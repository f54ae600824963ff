package io.clientele.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Files that an import keeps on the way, so that what was fetched is not fetched again. A file is
 * there whole or not at all.
 */
final class WorkFiles {
  private final Path directory;

  WorkFiles(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String name) {
    return directory.resolve(name.replaceAll("[^A-Za-z0-9_.$-]", "_"));
  }

  boolean has(String name) {
    return Files.exists(path(name));
  }

  Optional<String> text(String name) {
    try {
      return has(name)
          ? Optional.of(Files.readString(path(name), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, String text) {
    make(
        name,
        file -> {
          try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Makes a file by filling another first. */
  void make(String name, Consumer<Path> filling) {
    Path part = path(name + ".part");
    filling.accept(part);
    try {
      Files.move(part, path(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String name) {
    try {
      Files.deleteIfExists(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it, when the import is done. */
  void deleteAll() {
    try (Stream<Path> inside = Files.list(directory)) {
      for (Path path : inside.toList()) {
        Files.deleteIfExists(path);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
