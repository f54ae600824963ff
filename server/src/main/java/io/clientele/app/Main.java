package io.clientele.app;

import java.io.PrintWriter;
import java.util.List;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

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
      ApplyCommand.class,
      ExportCommand.class,
      ImportZohoCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
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

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Tell where in the program a failure happened.")
  private boolean verbose;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  public Main() {}

  public static void main(String[] arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(run(arguments));
  }

  /** Runs a command; answers 0 for success, 1 for failure, 2 for wrong usage. */
  static int run(String... arguments) {
    var main = new Main();
    return main.run(new CommandLine(main), List.of(arguments));
  }

  /** The same, with its output to read. */
  static int run(PrintWriter out, PrintWriter err, List<String> arguments) {
    var main = new Main();
    return main.run(new CommandLine(main).setOut(out).setErr(err), arguments);
  }

  private int run(CommandLine commands, List<String> arguments) {
    try {
      commands.setDefaultValueProvider(SettingsProvider.of(arguments.toArray(String[]::new)));
    } catch (Failure e) {
      commands.getErr().println(e.getMessage());
      return 2;
    }
    commands.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println(Failure.message(e));
          if (verbose) {
            e.printStackTrace(command.getErr());
          }
          return 1;
        });
    return commands.execute(arguments.toArray(String[]::new));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command, such as serve.");
  }
}
