package io.clientele.records;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The headers Idempotency-Key and If-Unmodified-Since. */
class RepeatedCallsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String ONE = "{\"data\":[{\"Last_Name\":\"One\"}]}";
  private final Api api = ORG.api();

  private Answer create(Api who, String key, String body) {
    return who.post("/crm/v8/Leads", body, "Idempotency-Key", key);
  }

  @Test
  void aRepeatedCreateAnswersTheFirstResult() {
    Answer first = create(api, "\"repeat\"", ONE).hasStatus(201);
    Answer second = create(api, "\"repeat\"", ONE).hasStatus(201);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(create(api, "other", ONE).savedId(0)).isNotEqualTo(first.savedId(0));
    Answer rejected = create(api, "bad", "{\"data\":[{\"Company\":\"X\"}]}").hasStatus(400);
    assertThat(create(api, "bad", "{\"data\":[{\"Company\":\"X\"}]}").text())
        .isEqualTo(rejected.text());
    Api other = ORG.api(TestUsers.standard(ORG, "repeat@example.com"), TestOrg.ALL_SCOPES);
    assertThat(create(other, "\"repeat\"", ONE).savedId(0)).isNotEqualTo(first.savedId(0));
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    create(api, "body", ONE).hasStatus(201);
    create(api, "body", "{\"data\":[{\"Last_Name\":\"Two\"}]}")
        .isError(
            422,
            "INVALID_DATA",
            "the key was used for another request",
            "{\"header_name\":\"Idempotency-Key\"}");
    api.post("/crm/v8/Leads/upsert", ONE, "Idempotency-Key", "body").hasStatus(422);
    create(api, "x".repeat(256), ONE)
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":255,\"header_name\":\"Idempotency-Key\"}");
  }

  @Test
  void anUpsertIsRepeatedToo() {
    String body = "{\"data\":[{\"Last_Name\":\"One\",\"Email\":\"repeat@example.com\"}]}";
    Answer first = api.post("/crm/v8/Leads/upsert", body, "Idempotency-Key", "upsert");
    Answer second = api.post("/crm/v8/Leads/upsert", body, "Idempotency-Key", "upsert");
    assertThat(first.at("/data/0/action").asString()).isEqualTo("insert");
    assertThat(second.text()).isEqualTo(first.text());
  }

  @Test
  void manyAtOnceMakeOneRecord() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> calls =
          IntStream.range(0, 8)
              .mapToObj(i -> executor.submit(() -> create(api, "at once", ONE)))
              .toList();
      String id = calls.getFirst().get().hasStatus(201).savedId(0);
      for (Future<Answer> call : calls) {
        assertThat(call.get().hasStatus(201).savedId(0)).isEqualTo(id);
      }
    }
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    String first = create(api, "old", ONE).savedId(0);
    ORG.server()
        .installation()
        .database()
        .change(
            tx ->
                tx.update(
                    sql(
                        "update "
                            + ORG.org().table("idempotency_key")
                            + " set created_time = created_time - interval '25 hours'"
                            + " where key = 'old'")));
    assertThat(create(api, "old", ONE).savedId(0)).isNotEqualTo(first);
  }

  @Test
  void aRecordThatWasChangedSinceStaysAsItIs() {
    String id = api.post("/crm/v8/Leads", ONE).savedId(0);
    String path = "/crm/v8/Leads/" + id;
    String now = api.get(path).at("/data/0/Modified_Time").asString();
    String change = "{\"data\":[{\"id\":\"%s\",\"Company\":\"New\"}]}".formatted(id);
    Answer refused =
        api.put(path, change, "If-Unmodified-Since", "2020-01-01T00:00:00+05:30")
            .hasStatus(412)
            .hasCode("/data/0", "ALREADY_MODIFIED");
    assertThat(refused.at("/data/0/message").asString())
        .isEqualTo("record updated time has already passed if-unmodified-since time");
    assertThat(refused.at("/data/0/details/Modified_Time").asString()).isEqualTo(now);
    assertThat(refused.at("/data/0/details/Created_By/name").asString())
        .isEqualTo("Patricia Boyle");
    assertThat(api.get(path).at("/data/0/Company").isNull()).isTrue();
    api.put("/crm/v8/Leads", change, "If-Unmodified-Since", "2020-01-01T00:00:00Z").hasStatus(412);
    api.put(path, change, "If-Unmodified-Since", now).hasStatus(200);
    assertThat(api.get(path).at("/data/0/Company").asString()).isEqualTo("New");
    api.put(path, change, "If-Unmodified-Since", "soon")
        .isError(400, "INVALID_DATA", "invalid data", "{\"header_name\":\"If-Unmodified-Since\"}");
  }
}
