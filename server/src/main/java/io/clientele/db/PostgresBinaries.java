package io.clientele.db;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the jar of this platform into a folder named by checksum.
 */
record PostgresBinaries(Path parent, Path directory) {

  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  /** The major version as PG_VERSION of a data directory names it: {@code 18}. */
  String majorVersion() throws IOException {
    Path catalogue = directory.resolve("share/postgresql/postgres.bki");
    try (BufferedReader reader = Files.newBufferedReader(catalogue)) {
      String line = reader.readLine(); // "# PostgreSQL 18"
      return line == null ? "" : line.substring(line.lastIndexOf(' ') + 1).strip();
    }
  }

  /** Unpacks into {@code parent} unless these very binaries are there already. */
  static PostgresBinaries unpack(Path parent) throws IOException {
    URL archive = archive();
    Path directory = parent.resolve(checksum(archive));
    if (!Files.isDirectory(directory)) {
      createReadable(parent);
      Path unfinished = Files.createTempDirectory(parent, "unfinished-");
      try (var input = new TarArchiveInputStream(new XZInputStream(archive.openStream()))) {
        for (var entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
          unpack(input, entry, unfinished);
        }
      }
      createReadable(unfinished);
      synchroniseFileSystem(unfinished);
      Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.synchronise(parent);
    }
    return new PostgresBinaries(parent, directory);
  }

  /** Deletes the binaries of other versions and half unpacked ones; none of them may run. */
  void deleteOthers() throws IOException {
    for (Path other : PrivateFiles.childrenNamed(parent, "", "")) {
      if (!other.equals(directory)) {
        PrivateFiles.deleteTree(other);
      }
    }
  }

  /** The name of the archive inside the binaries jar of a platform. */
  static String archiveName(String operatingSystem, String architecture) {
    String system = operatingSystem.toLowerCase(Locale.ROOT);
    String platform = system.startsWith("mac") ? "darwin" : system;
    String processor =
        switch (architecture) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> architecture;
        };
    return "postgres-" + platform + "-" + processor + ".txz";
  }

  static boolean isThere() {
    String name = archiveName(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    return PostgresBinaries.class.getResource("/" + name) != null;
  }

  private static URL archive() {
    String system = System.getProperty("os.name", "");
    String architecture = System.getProperty("os.arch", "");
    URL archive = PostgresBinaries.class.getResource("/" + archiveName(system, architecture));
    if (archive == null) {
      throw new EmbeddedPostgresException(
          "There are no PostgreSQL binaries for %s on %s on the class path (%s). Build Clientele on"
                  .formatted(system, architecture, archiveName(system, architecture))
              + " this kind of machine (Linux or macOS, amd64 or arm64), or use a PostgreSQL server"
              + " of your own with --database-url.");
    }
    return archive;
  }

  /** The checksum the jar's directory holds, which costs nothing to read, and the size. */
  private static String checksum(URL archive) throws IOException {
    var connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar && jar.getJarEntry().getCrc() >= 0) {
      return "%08x-%d".formatted(jar.getJarEntry().getCrc(), jar.getJarEntry().getSize());
    }
    try (var input = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
      long size = input.transferTo(OutputStream.nullOutputStream());
      return "%08x-%d".formatted(input.getChecksum().getValue(), size);
    }
  }

  private static void unpack(InputStream input, TarArchiveEntry entry, Path root)
      throws IOException {
    Path target = inside(root, root.resolve(entry.getName()), entry);
    if (entry.isDirectory()) {
      createReadable(target);
    } else if (entry.isSymbolicLink()) {
      inside(root, target.resolveSibling(entry.getLinkName()), entry);
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      write(input, target, (entry.getMode() & 0100) != 0);
    }
  }

  private static void write(InputStream input, Path target, boolean executable) throws IOException {
    createReadable(target.resolveSibling(""));
    Files.copy(input, target);
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /**
   * After a power failure a folder under its final name must be whole. The file system as a whole,
   * as a thousand files one by one take seconds.
   */
  private static void synchroniseFileSystem(Path folder) {
    if (!ProgramRun.succeeds(List.of("sync", "-f", folder.toString()))) {
      ProgramRun.succeeds(List.of("sync"));
    }
  }

  private static Path inside(Path root, Path path, TarArchiveEntry entry) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(root)) {
      throw new IOException("The PostgreSQL archive leaves its folder: " + entry.getName());
    }
    return normal;
  }

  /** Another user may run PostgreSQL, and nothing here is secret: readable whatever the umask. */
  private static void createReadable(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
