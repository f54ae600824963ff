package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
