package io.clientele.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Options that were not given: from an environment variable, else from the YAML file. */
final class SettingsProvider implements IDefaultValueProvider {
  /** The settings that have a variable and a key; other options belong to one command alone. */
  private static final Set<String> NAMES =
      Set.of(
          "host",
          "port",
          "data-dir",
          "database-url",
          "database-user",
          "database-password",
          "connections",
          "base-url",
          "demo",
          "org-name",
          "admin-email",
          "access-log",
          "file-store",
          "s3-endpoint",
          "s3-region",
          "s3-access-key",
          "s3-secret-key");

  private final Map<String, String> environment;
  private final Map<String, String> file;

  private SettingsProvider(Map<String, String> environment, Map<String, String> file) {
    this.environment = environment;
    this.file = file;
  }

  /** The settings around a command line. */
  static SettingsProvider of(String... arguments) {
    return of(System.getenv(), arguments);
  }

  static SettingsProvider of(Map<String, String> environment, String... arguments) {
    Optional<String> named =
        option(arguments).or(() -> Optional.ofNullable(environment.get("CLIENTELE_CONFIG")));
    Path path = Path.of(named.orElse("clientele.yaml"));
    if (named.isEmpty() && !Files.exists(path)) {
      return new SettingsProvider(environment, Map.of());
    }
    return new SettingsProvider(environment, read(path));
  }

  private static Optional<String> option(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--config=")) {
        return Optional.of(arguments[i].substring("--config=".length()));
      }
      if (arguments[i].equals("--config") && i + 1 < arguments.length) {
        return Optional.of(arguments[i + 1]);
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> read(Path path) {
    try {
      JsonNode root = YAMLMapper.shared().readTree(Files.readString(path));
      if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
        throw new Failure(path + " is not a list of settings such as 'port: 8080'.");
      }
      Map<String, String> settings = new TreeMap<>();
      for (Map.Entry<String, JsonNode> setting : root.properties()) {
        if (!NAMES.contains(setting.getKey())) {
          throw new Failure(
              path
                  + ": there is no setting '"
                  + setting.getKey()
                  + "'. There are: "
                  + String.join(", ", new TreeSet<>(NAMES))
                  + ".");
        }
        settings.put(setting.getKey(), setting.getValue().asString());
      }
      return settings;
    } catch (IOException e) {
      throw new Failure("The configuration file " + path.toAbsolutePath() + " cannot be read.");
    } catch (JacksonException e) {
      throw new Failure(path + " is not YAML: " + e.getOriginalMessage());
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name =
        Arrays.stream(option.names()).reduce((first, last) -> last).orElse("").substring(2);
    if (!NAMES.contains(name)) {
      return null;
    }
    String variable = "CLIENTELE_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    return environment.getOrDefault(variable, file.get(name));
  }
}
