package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Which of option, variable and file wins. */
class SettingsProviderTest {
  @TempDir Path directory;

  @Test
  void aVariableWinsOverTheFile() throws IOException {
    Path file = Files.writeString(directory.resolve("c.yaml"), "port: 1234\nhost: 0.0.0.0\n");
    var settings =
        SettingsProvider.of(
            Map.of("CLIENTELE_PORT", "99", "CLIENTELE_CONFIG", file.toString()), "serve");
    assertThat(settings.defaultValue(OptionSpec.builder("--port").build())).isEqualTo("99");
    assertThat(settings.defaultValue(OptionSpec.builder("--host").build())).isEqualTo("0.0.0.0");
    assertThat(settings.defaultValue(OptionSpec.builder("--base-url").build())).isNull();
    assertThat(settings.defaultValue(OptionSpec.builder("--name").build())).isNull();
  }

  @Test
  void anOptionWinsOverAVariableAndSaysOnWhateverTheVariableSays() {
    var environment = Map.of("CLIENTELE_PORT", "99", "CLIENTELE_DEMO", "true");
    assertThat(parsed(environment).port).isEqualTo(99);
    assertThat(parsed(environment).demo).isTrue();
    assertThat(parsed(environment, "--port", "7", "--demo").port).isEqualTo(7);
    assertThat(parsed(environment, "--demo").demo).isTrue();
    assertThat(parsed(Map.of("CLIENTELE_DEMO", "false")).demo).isFalse();
    assertThat(parsed(Map.of()).port).isEqualTo(8080);
  }

  private static ServeOptions parsed(Map<String, String> environment, String... arguments) {
    var options = new ServeOptions();
    new CommandLine(options)
        .setDefaultValueProvider(SettingsProvider.of(environment, arguments))
        .parseArgs(arguments);
    return options;
  }
}
