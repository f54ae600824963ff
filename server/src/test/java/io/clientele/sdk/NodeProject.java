package io.clientele.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Scripts of {@code src/test} with the npm packages of their lock, installed below the target. */
final class NodeProject {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final int OLDEST_NODE = 20;
  private static final String LOCK = "package-lock.json";

  private final Path folder;

  private NodeProject(Path folder) {
    this.folder = folder;
  }

  /** Copies the folder and installs its packages, unless those of this very lock are there. */
  static NodeProject install(String name) throws IOException, InterruptedException {
    Path module = Files.isDirectory(Path.of("server", "src")) ? Path.of("server") : Path.of("");
    Path source = module.resolve("src/test").resolve(name);
    var project = new NodeProject(module.resolve("target").resolve(name).toAbsolutePath());
    Files.createDirectories(project.folder);
    project.requireNode();
    try (var files = Files.newDirectoryStream(source, Files::isRegularFile)) {
      for (Path file : files) {
        Files.copy(
            file, project.folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path installed = project.folder.resolve("node_modules").resolve("installed-" + LOCK);
    Path wanted = project.folder.resolve(LOCK);
    if (!Files.exists(installed) || Files.mismatch(installed, wanted) >= 0) {
      project.execute(Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
      Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }
    return project;
  }

  /** Runs a script to its good end and gives what it wrote. */
  String run(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    return execute(environment, "node", script);
  }

  private void requireNode() throws InterruptedException {
    String version;
    try {
      version = execute(Map.of(), "node", "--version").strip();
    } catch (IOException e) {
      version = "none";
    }
    String major = version.replaceFirst("v(\\d+)\\..*", "$1");
    if (!major.matches("\\d+") || Integer.parseInt(major) < OLDEST_NODE) {
      fail("Node 20 or newer is needed for the tests of the official clients; found " + version);
    }
  }

  private String execute(Map<String, String> environment, String program, String... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    try {
      List<String> command = new ArrayList<>(List.of(program));
      command.addAll(Arrays.asList(arguments));
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      boolean ended = process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as("%s ended within %s; it wrote: %s", command, DEADLINE, text).isTrue();
      assertThat(process.exitValue()).as("%s wrote: %s", command, text).isZero();
      return text;
    } finally {
      Files.delete(output);
    }
  }
}
