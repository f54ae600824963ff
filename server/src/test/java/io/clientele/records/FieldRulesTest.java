package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each kind of field takes. Reference: Insert Records, Sample Attributes. */
@Proves("POST /crm/{version}/{module}")
class FieldRulesTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @Test
  void emailAddresses() {
    takes(
        "Email",
        "p.boyle@zylker.com",
        "+plus@example.com",
        "_a!#$%&'*+-/=?^`{|}~@example.co.uk",
        "jörg@münchen.de",
        "a@x-y_z.org",
        "1@2.museum");
    refuses(
        "email",
        "Email",
        "nobody",
        "a@b",
        "a@b.c",
        ".a@example.com",
        "a b@example.com",
        "a@example..com",
        "a@-example.com",
        "a@example-.com",
        "a@exa mple.com",
        "a@example.123",
        "a@@example.com",
        "a<b@example.com",
        "a@example.com ");
  }

  @Test
  void phoneNumbers() {
    takes(
        "Phone",
        "9900000000",
        "91(987)654321",
        "+49 30 1234567",
        "(555) 123-4567",
        "555.123.4567",
        "1-800-FLOWERS",
        "555-1234,,12#3",
        "123;45");
    refuses(
        "phone", "Phone", "-123", ".123", "12--34", "+", "()", "12/34", "12<34", "1  2", "(12",
        "12)");
    tooLong("Phone", "1".repeat(31), 30);
  }

  @Test
  void websites() {
    takes(
        "Website",
        "https://www.zylker.com",
        "www.zylker.com",
        "zylker.com",
        "ftp://files.zylker.com/a?b=c#d",
        "http://zylker.com?x",
        "müller.example/ü",
        "http://1.2.3.4/");
    refuses(
        "website",
        "Website",
        "zylker",
        "http://",
        "http:///x",
        "javascript:alert(1)",
        "a b",
        "x@y",
        "https://a..b");
    tooLong("Website", "www." + "a".repeat(500) + ".com", 255);
  }

  @Test
  void patternsAreFastOnLongInput() {
    String[][] rows = {
      {"Website", "a.b" + "/".repeat(400) + "\\n"},
      {"Phone", "1a".repeat(14) + "!"},
      {"Phone", "(1)".repeat(9) + "!"},
      {"Email", "a".repeat(40) + "@" + "a-".repeat(28) + "!"},
    };
    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          for (String[] row : rows) {
            lead("\"" + row[0] + "\":\"" + row[1] + "\"").hasStatus(400);
          }
        });
  }

  @Test
  void numbers() {
    takes("No_of_Employees", 999999999, -5);
    refuses("integer", "No_of_Employees", "1,000", "1.5", "x");
    tooLong("No_of_Employees", "1234567890", 9);
    Answer money = lead("\"Annual_Revenue\":250000.905").hasStatus(201);
    assertThat(read(money).at("/data/0/Annual_Revenue").decimalValue())
        .isEqualByComparingTo("250000.91");
    refuses("currency", "Annual_Revenue", "$5", "1,000");
    tooLong("Annual_Revenue", "12345678901234567", 16);
    for (int wrong : new int[] {-1, 101}) {
      api.post(
              "/crm/v8/Deals",
              "{\"data\":[{\"Deal_Name\":\"D\",\"Stage\":\"Qualification\",\"Probability\":"
                  + wrong
                  + "}]}")
          .hasStatus(400)
          .rowIsError(
              0,
              "INVALID_DATA",
              "Given Probability is not valid",
              "{\"api_name\":\"Probability\",\"json_path\":\"$.data[0].Probability\"}");
    }
  }

  @Test
  void momentsAndDays() {
    for (String good :
        List.of("2026-08-16T14:32:23+05:30", "2026-08-16T09:02:23Z", "2026-08-16T09:02:23+0000")) {
      Answer event =
          api.post(
                  "/crm/v8/Events",
                  "{\"data\":[{\"Event_Title\":\"E\",\"Start_DateTime\":\""
                      + good
                      + "\",\"End_DateTime\":\"2026-08-17T00:00:00Z\"}]}")
              .hasStatus(201);
      assertThat(
              api.get("/crm/v8/Events/" + event.savedId(0)).at("/data/0/Start_DateTime").asString())
          .isEqualTo("2026-08-16T14:32:23+05:30");
    }
    for (String bad :
        List.of(
            "2026-08-16",
            "2026-08-16T25:00:00Z",
            "2026-02-30T10:00:00Z",
            "16.08.2026",
            "2026-08-16T14:32:23")) {
      event("Start_DateTime", "\"" + bad + "\"");
    }
    event("Start_DateTime", "5");
    for (String bad :
        List.of("2026-8-1", "2026-02-29", "01/02/2026", "2026-01-01T00:00:00Z", "0000-01-01")) {
      Answer task =
          api.post(
              "/crm/v8/Tasks", "{\"data\":[{\"Subject\":\"T\",\"Due_Date\":\"" + bad + "\"}]}");
      assertThat(task.hasStatus(400).at("/data/0/details/expected_data_type").asString())
          .isEqualTo("date");
    }
  }

  @Test
  void texts() {
    tooLong("Last_Name", "x".repeat(81), 80);
    tooLong("Description", "x".repeat(32001), 32000);
    tooLong("Lead_Source", "x".repeat(121), 120);
    Answer kept = lead("\"Description\":\"one\\ntwo O'Leary \\uD83D\\uDE80\"").hasStatus(201);
    assertThat(read(kept).at("/data/0/Description").asString()).isEqualTo("one\ntwo O'Leary 🚀");
    refuses("boolean", "Email_Opt_Out", "yes", "1");
  }

  private void event(String field, String value) {
    Answer answer =
        api.post(
            "/crm/v8/Events",
            "{\"data\":[{\"Event_Title\":\"E\",\"End_DateTime\":\"2026-08-17T00:00:00Z\",\""
                + field
                + "\":"
                + value
                + "}]}");
    assertThat(answer.hasStatus(400).at("/data/0/details/expected_data_type").asString())
        .isEqualTo("datetime");
  }

  private void takes(String field, Object... values) {
    for (Object value : values) {
      String json = value instanceof String text ? "\"" + text + "\"" : value.toString();
      Answer answer = lead("\"" + field + "\":" + json).hasStatus(201);
      assertThat(read(answer).at("/data/0/" + field).asString()).isEqualTo(value.toString());
    }
  }

  private void refuses(String expected, String field, String... values) {
    String details =
        "{\"expected_data_type\":\"%s\",\"api_name\":\"%s\",\"json_path\":\"$.data[0].%s\"}"
            .formatted(expected, field, field);
    for (String value : values) {
      lead("\"" + field + "\":\"" + value + "\"")
          .hasStatus(400)
          .rowIsError(0, "INVALID_DATA", "invalid data", details);
    }
  }

  private void tooLong(String field, String value, int maximum) {
    String details =
        "{\"maximum_length\":%d,\"api_name\":\"%s\",\"json_path\":\"$.data[0].%s\"}"
            .formatted(maximum, field, field);
    String last = field.equals("Last_Name") ? "" : "\"Last_Name\":\"L\",";
    api.post("/crm/v8/Leads", "{\"data\":[{" + last + "\"" + field + "\":\"" + value + "\"}]}")
        .hasStatus(400)
        .rowIsError(0, "INVALID_DATA", "invalid data", details);
  }

  private Answer read(Answer saved) {
    return api.get("/crm/v8/Leads/" + saved.savedId(0)).hasStatus(200);
  }

  private Answer lead(String property) {
    return api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"," + property + "}]}");
  }
}
