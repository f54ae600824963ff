package io.clientele.db;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operating-system account PostgreSQL runs as: it refuses to run as root.
 *
 * @param prefix what to put before a command to run it as this account
 * @param other the account the data must be given to, null when it stays with ours
 */
record PostgresAccount(List<String> prefix, @Nullable Other other) {

  private static final List<String> OWN_NAMESPACE = List.of("unshare", "-U", "--");

  /** Another account than the one this process runs as. */
  record Other(int user, int group) {}

  /**
   * Ourselves when we are not root; root inside a user namespace, where it is nobody; else another
   * user through {@code setpriv}. Data that belongs to another user stays with that user.
   */
  static PostgresAccount choose(Path data) throws IOException {
    boolean root = new UnixSystem().getUid() == 0;
    boolean nameless = "?".equals(System.getProperty("user.name")); // initdb wants a name
    if (!root && !(nameless && canUnshare())) {
      return new PostgresAccount(List.of(), null);
    }
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac")) {
      throw new EmbeddedPostgresException(
          "PostgreSQL does not run as root. Start Clientele as an ordinary user.");
    }
    if (Files.isDirectory(data) && userOf(data) != 0 && root) {
      return through(new Other(userOf(data), (Integer) Files.getAttribute(data, "unix:gid")));
    }
    if (canUnshare()) {
      return new PostgresAccount(OWN_NAMESPACE, null);
    }
    return through(unprivileged());
  }

  /** A command that runs another one as this account. */
  List<String> command(List<String> command) {
    var all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /** Gives a folder and what it holds to this account. */
  void give(Path folder) throws IOException {
    if (other == null || userOf(folder) == other.user) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) { // the folder itself last
        Files.setAttribute(path, "unix:gid", other.group, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", other.user, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** Who may enter the folder above the data: nobody else, or others without seeing its names. */
  String directoryPermissions() {
    return other == null ? "rwx------" : "rwx--x--x";
  }

  void checkReaches(Path program) {
    if (other != null && !ProgramRun.succeeds(command(List.of("test", "-x", program.toString())))) {
      throw new EmbeddedPostgresException(
          "PostgreSQL does not run as root, and the user it would run as (uid "
              + other.user
              + ") cannot reach "
              + program
              + ". Choose a data directory whose parent folders others may enter, for example"
              + " /var/lib/clientele, or start Clientele as an ordinary user.");
    }
  }

  private static boolean canUnshare() {
    var command = new ArrayList<>(OWN_NAMESPACE);
    command.add("true");
    return ProgramRun.succeeds(command);
  }

  static PostgresAccount through(Other other) {
    List<String> prefix =
        List.of(
            "setpriv", "--reuid=" + other.user, "--regid=" + other.group, "--clear-groups", "--");
    var account = new PostgresAccount(prefix, other);
    if (!ProgramRun.succeeds(account.command(List.of("true")))) {
      throw new EmbeddedPostgresException(
          "PostgreSQL does not run as root, and neither unshare nor setpriv (util-linux) can run it"
              + " as uid "
              + other.user
              + " here. Start Clientele as an ordinary user.");
    }
    return account;
  }

  static Other unprivileged() throws IOException {
    for (String name : List.of("postgres", "nobody")) {
      if (ProgramRun.succeeds(List.of("id", "-u", name))) {
        return new Other(identifier("-u", name), identifier("-g", name));
      }
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as."
            + " Start Clientele as an ordinary user.");
  }

  private static int identifier(String kind, String name) throws IOException {
    return Integer.parseInt(ProgramRun.firstLine(List.of("id", kind, name)));
  }

  private static int userOf(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }
}
