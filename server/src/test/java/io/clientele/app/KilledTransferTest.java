package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while a user's records go to another: the next start goes on. */
class KilledTransferTest {
  private static final int CALLS = 30;
  private static final int ROWS = 100;
  private static final String PATH = "/crm/v8/users/actions/transfer_and_delete";

  @TempDir Path directory;

  @Test
  void theNextStartGoesOnAndDeletesTheUser() throws Exception {
    Path data = PreparedData.copyTo(directory, "data");
    String ann;
    String bob;
    String job;
    try (var server = ServerProcess.serve(data)) {
      Api api = server.api();
      ann = user(api, "ann");
      bob = user(api, "bob");
      String row = "{\"Last_Name\":\"L\",\"Owner\":{\"id\":\"" + ann + "\"}}";
      String rows = "{\"data\":[" + String.join(",", Collections.nCopies(ROWS, row)) + "]}";
      for (int i = 0; i < CALLS; i++) {
        api.post("/crm/v8/Leads", rows).hasStatus(201);
      }
      job =
          api.post(
                  PATH,
                  "{\"transfer_and_delete\":[{\"id\":\"%s\",\"transfer\":{\"id\":\"%s\",\"records\":true,\"assignment\":true,\"criteria\":true}}]}"
                      .formatted(ann, bob))
              .hasStatus(200)
              .at("/transfer_and_delete/0/details/jobId")
              .asString();
      server.until("begun", () -> count(api, bob) > 0);
      server.kill();
    }
    try (var server = ServerProcess.serve(data)) {
      Api api = server.api();
      server.until(
          "done",
          () ->
              api.get(PATH + "?job_id=" + job)
                  .at("/transfer_and_delete/0/status")
                  .asString()
                  .equals("completed"));
      assertThat(count(api, ann)).isZero();
      assertThat(count(api, bob)).isEqualTo(CALLS * ROWS);
      assertThat(api.get("/crm/v8/users/" + ann).at("/users/0/status").asString())
          .isEqualTo("deleted");
      server.stop();
    }
  }

  private static String user(Api api, String name) {
    String role = api.get("/crm/v8/settings/roles").at("/roles/0/id").asString();
    String profile = api.get("/crm/v8/settings/profiles").at("/profiles/0/id").asString();
    return api.post(
            "/crm/v8/users",
            "{\"users\":[{\"first_name\":\"%1$s\",\"email\":\"%1$s@example.com\",\"role\":\"%2$s\",\"profile\":\"%3$s\"}]}"
                .formatted(name, role, profile))
        .hasStatus(201)
        .at("/users/0/details/id")
        .asString();
  }

  private static int count(Api api, String owner) {
    return api.get("/crm/v8/Leads/actions/count?criteria=(Owner:equals:" + owner + ")")
        .hasStatus(200)
        .at("/count")
        .asInt();
  }
}
