package io.clientele.bench;

import io.clientele.app.Installation;
import io.clientele.app.Server;
import io.clientele.db.Database;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.files.LocalBlobs;
import io.clientele.oauth.OAuthLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures each hot path twice at each number of connections: the same SQL on bare JDBC, then the
 * API over HTTP, both on this machine's cores, and prints requests per second, p99 and the ratio.
 */
public final class Bench {
  private static final int POOL = 12;
  private static final Duration LEDGER_AGE = Duration.ofDays(365);

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    int leads = Integer.parseInt(option(arguments, "--leads", "1000000"));
    Duration time = Duration.ofSeconds(Integer.parseInt(option(arguments, "--seconds", "8")));
    int pool = Integer.parseInt(option(arguments, "--pool", Integer.toString(POOL)));
    List<Integer> connections =
        Arrays.stream(option(arguments, "--connections", "1,16,64").split(","))
            .map(Integer::valueOf)
            .toList();
    List<String> only =
        List.of(
            option(
                    arguments,
                    "--only",
                    "list,get,view,insert,ledger,copy,search-word,search-email,"
                        + "search-criteria-indexed,search-criteria-unindexed,"
                        + "search-criteria-text,count,"
                        + "upsert,subform,related,access,mass,bulk,bulk-write")
                .split(","));
    Path directory = Path.of("bench/target/data").toAbsolutePath();
    try (var postgres =
            EmbeddedPostgres.start(
                directory,
                new EmbeddedPostgres.Options(true, Map.of("track_activity_query_size", "65536")));
        var installation =
            new Installation(
                new Database(postgres.jdbcUrl(), postgres.user(), postgres.password(), pool),
                new LocalBlobs(directory.resolveSibling("files")),
                Clock.systemUTC(),
                OAuthLimits.DOCUMENTED.unthrottled(),
                true);
        var server =
            new Server(installation, "127.0.0.1", 0, Optional.empty(), false, LEDGER_AGE)) {
      var data = SampleOrg.load(installation, leads);
      if (only.contains("coql-join-accounts")) {
        Customers.load(installation, data);
      }
      List<Case> all = new ArrayList<>(new Cases(postgres, server.port(), data).all());
      if (only.contains("subform") || only.contains("related")) {
        all.addAll(HangingCases.load(installation, data).all());
      }
      List<Case> cases = all.stream().filter(one -> only.contains(one.name())).toList();
      Duration warmUp = Duration.ofSeconds(Integer.parseInt(option(arguments, "--warm-up", "25")));
      System.out.println("Each case is warmed up for " + warmUp.toSeconds() + " s first.");
      System.out.printf(
          "%-25s %5s | %9s %8s | %9s %8s | %5s%n",
          "case", "conn", "JDBC/s", "p99 ms", "HTTP/s", "p99 ms", "ratio");
      for (Case one : cases) {
        HttpLoad.run(server.port(), data.token(), one, 16, warmUp);
        for (int count : connections) {
          Result limit = JdbcLoad.run(postgres, one, count, time);
          Result api = HttpLoad.run(server.port(), data.token(), one, count, time);
          System.out.printf(
              "%-25s %5d | %9.0f %8.2f | %9.0f %8.2f | %5.2f%n",
              one.name(),
              count,
              limit.perSecond(),
              limit.p99Millis(),
              api.perSecond(),
              api.p99Millis(),
              api.perSecond() / limit.perSecond());
        }
      }
      if (only.contains("access")) {
        new AccessCost(installation, server.port(), data).run(warmUp, time);
      }
      if (only.contains("mass")) {
        new MassUpdate(postgres, installation, server.port(), data).run();
      }
      if (only.contains("bulk")) {
        new BulkRead(postgres, installation, server.port(), data).run();
      }
      if (only.contains("bulk-write")) {
        Case get = all.stream().filter(one -> one.name().equals("get")).findFirst().orElseThrow();
        new BulkWrite(postgres, installation, server.port(), data).run(get, time);
      }
    }
  }

  private static String option(String[] arguments, String name, String otherwise) {
    int index = Arrays.asList(arguments).indexOf(name);
    return index < 0 ? otherwise : arguments[index + 1];
  }
}
