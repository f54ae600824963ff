package io.clientele.app;

import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command {@code clientele}. */
@Command(
    name = "clientele",
    description = "A self-hosted CRM server that speaks the Zoho CRM REST API v8.",
    mixinStandardHelpOptions = true,
    version = "Clientele 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      TokenCommand.class,
      ClientCommand.class,
      UserCommand.class,
      OrgCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Every option is also an environment variable (CLIENTELE_PORT for --port) and a key of a YAML file",
      "(port), named by --config or CLIENTELE_CONFIG, or clientele.yaml in the working directory.",
      "An option wins over a variable, a variable over the file."
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  public Main() {}

  public static void main(String[] arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(run(arguments));
  }

  /** Runs a command; answers 0 for success, 1 for failure, 2 for wrong usage. */
  static int run(String... arguments) {
    var commands = new CommandLine(new Main());
    try {
      commands.setDefaultValueProvider(SettingsProvider.of(arguments));
    } catch (Failure e) {
      commands.getErr().println(e.getMessage());
      return 2;
    }
    commands.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println(Failure.message(e));
          if (System.getenv("CLIENTELE_VERBOSE") != null) {
            e.printStackTrace(command.getErr());
          }
          return 1;
        });
    return commands.execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command, such as serve.");
  }
}
