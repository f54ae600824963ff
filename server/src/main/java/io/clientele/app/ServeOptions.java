package io.clientele.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the server itself. */
final class ServeOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Where to listen; 0.0.0.0 for everywhere (default: 127.0.0.1).")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "0 picks a free one (default: 8080).")
  int port;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description =
          "Where clients reach the server, behind a proxy, such as https://crm.example.com"
              + " (default: what the Host header says).")
  private @Nullable String baseUrl;

  // The fallback value: without it picocli takes --demo as the opposite of what a variable says.
  @Option(
      names = "--demo",
      arity = "0..1",
      paramLabel = "true|false",
      defaultValue = "false",
      fallbackValue = "true",
      description = "Fill the first org with a sample company, once.")
  boolean demo;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "12",
      description = "Connections to the database, 2 or more (default: 12).")
  int connections;

  @Option(
      names = "--org-name",
      paramLabel = "NAME",
      defaultValue = "My Company",
      description = "Of the first org, when it is created (default: My Company).")
  String orgName = "";

  @Option(
      names = "--admin-email",
      paramLabel = "EMAIL",
      defaultValue = "admin@clientele.local",
      description =
          "Of the first org's administrator, when it is created (default: admin@clientele.local).")
  String adminEmail = "";

  @Option(
      names = "--access-log",
      arity = "0..1",
      paramLabel = "true|false",
      defaultValue = "false",
      fallbackValue = "true",
      description = "Log a line for each request.")
  boolean accessLog;

  @Option(
      names = "--ledger-days",
      paramLabel = "DAYS",
      defaultValue = "730",
      description = "How long changes of records are kept for timelines (default: 730).")
  int ledgerDays;

  /** The base URL, without a slash at its end. */
  Optional<String> baseUrl() {
    return Optional.ofNullable(baseUrl)
        .filter(url -> !url.isBlank())
        .map(url -> url.strip().replaceAll("/+$", ""));
  }

  /** What is wrong with the options, for a person; empty when nothing is. */
  Optional<String> problem() {
    if (port < 0 || port > 65_535) {
      return Optional.of("--port must be between 0 and 65535, not " + port + ".");
    }
    if (connections < 2) {
      return Optional.of("--connections must be 2 or more, not " + connections + ".");
    }
    if (ledgerDays < 1) {
      return Optional.of("--ledger-days must be 1 or more, not " + ledgerDays + ".");
    }
    return baseUrl()
        .filter(url -> !url.matches("https?://[^/?#\\s]+"))
        .map(url -> "--base-url must look like https://crm.example.com, without a path.");
  }

  /** How a client on this machine reaches the server when it listens on {@code boundPort}. */
  String ownUrl(int boundPort) {
    String reachable =
        switch (host) {
          case "0.0.0.0", "" -> "127.0.0.1";
          case "::" -> "[::1]";
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return "http://" + reachable + ":" + boundPort;
  }
}
