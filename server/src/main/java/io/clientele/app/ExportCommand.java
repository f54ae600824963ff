package io.clientele.app;

import io.clientele.configuration.Configuration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code clientele export}: writes the state of an org as a file for {@code apply}. */
@Command(
    name = "export",
    description = "Write what was made or changed in an org, as YAML for 'clientele apply'.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatabaseOptions options;

  @Option(names = "--org", description = "The org's id; the only one when there is one.")
  private Optional<Long> org = Optional.empty();

  @Override
  public Integer call() {
    try (var opened = options.open()) {
      var installation = opened.installation();
      long orgId = ChosenOrg.of(installation, org).id();
      var configuration = new Configuration(installation.changes(), installation.jobs());
      var file = configuration.export(installation.metadata().of(orgId));
      spec.commandLine().getOut().print(YAMLMapper.shared().writeValueAsString(file));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
