package io.clientele.app;

import io.clientele.configuration.Configuration;
import io.clientele.configuration.ConfigurationException;
import io.clientele.configuration.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code clientele apply}: brings an org to the state that a file describes. */
@Command(
    name = "apply",
    description = {
      "Bring an org to the state that a YAML file describes: modules, fields and what else",
      "'clientele export' writes. All of the file is applied or nothing. What the file does not",
      "name stays as it is; an item with 'absent: true' is taken away."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ApplyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatabaseOptions options;

  @Parameters(paramLabel = "FILE", description = "The file, as 'clientele export' writes it.")
  private Path file;

  @Option(names = "--org", description = "The org's id; the only one when there is one.")
  private Optional<Long> org = Optional.empty();

  @Option(names = "--plan", description = "Show what would change, and change nothing.")
  private boolean plan;

  @Override
  public Integer call() {
    JsonNode described = read(file);
    try (var opened = options.open()) {
      var installation = opened.installation();
      long orgId = ChosenOrg.of(installation, org).id();
      long userId = ChosenOrg.administrator(installation, orgId);
      var configuration = new Configuration(installation.changes(), installation.jobs());
      Report report =
          plan
              ? configuration.plan(orgId, userId, described)
              : configuration.apply(orgId, userId, described);
      var out = spec.commandLine().getOut();
      report.lines().forEach(out::println);
      out.println((plan ? "Plan: " : "Done: ") + report.summary() + ".");
      return 0;
    } catch (ConfigurationException e) {
      throw new Failure(e.getMessage() + " Nothing was changed.");
    }
  }

  private static JsonNode read(Path file) {
    try {
      return YAMLMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new Failure("The file " + file.toAbsolutePath() + " cannot be read.");
    } catch (JacksonException e) {
      throw new Failure(file + " is not YAML: " + e.getOriginalMessage());
    }
  }
}
