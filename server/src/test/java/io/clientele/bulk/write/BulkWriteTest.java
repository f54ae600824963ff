package io.clientele.bulk.write;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files that become records. References: Upload File, Create Bulk Write Job, Job Details. */
@Proves({
  "POST /crm/{version}/upload",
  "POST /crm/bulk/{version}/write",
  "GET /crm/bulk/{version}/write/{job_id}",
  "GET /crm/bulk/{version}/write/{job_id}/result"
})
class BulkWriteTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final Writes writes = new Writes(org, api);

  @Test
  void theHeaderNamesTheFields() {
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}");
    String csv =
        """
        Last_Name,First_Name,Email,Email_Opt_Out,Date_of_Birth,Account_Name.Account_Name,Tag,Nothing
        "Boyle, P.",Patricia,p@example.com,yes,02/28/1990,acme,Hot;New,x
        ,Nobody,,,,,,
        Short
        Wrong,W,no address,perhaps,tomorrow,Elsewhere,,
        """;
    String file = writes.upload(csv);
    String id = writes.create(Writes.body("insert", "Contacts", file, ""));
    JsonNode before = writes.details(id);
    assertThat(before.path("status").asString()).isEqualTo("ADDED");
    assertThat(before.at("/resource/0/status").asString()).isEqualTo("ADDED");
    assertThat(before.has("result")).isFalse();
    writes.run();
    JsonNode done = writes.details(id);
    assertThat(done.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(done.path("character_encoding").asString()).isEqualTo("UTF-8");
    assertThat(done.path("operation").asString()).isEqualTo("insert");
    assertThat(done.at("/created_by/id").asString()).isEqualTo(Long.toString(org.adminId()));
    assertThat(Writes.counts(done.at("/resource/0"))).containsExactly(2L, 0L, 2L, 4L);
    assertThat(done.at("/resource/0/code").asString()).isEqualTo("SUCCESS");
    assertThat(done.at("/resource/0/file/name").asString()).isEqualTo("rows.csv");
    assertThat(done.at("/resource/0/field_mappings")).hasSize(7);
    assertThat(done.at("/resource/0/field_mappings/5/find_by").asString())
        .isEqualTo("Account_Name");
    List<NamedCsvRecord> rows = writes.result(id, "Contacts-rows.csv");
    assertThat(rows.getFirst().getHeader())
        .containsExactly("Last_Name", "First_Name", "Email", "STATUS", "RECORD_ID", "ERRORS");
    assertThat(rows)
        .extracting(row -> row.getField("STATUS"))
        .containsExactly("ADDED", "SKIPPED", "ADDED", "SKIPPED");
    assertThat(rows)
        .extracting(row -> row.getField("ERRORS"))
        .containsExactly(
            "",
            "MANDATORY_NOT_FOUND-Last_Name",
            "",
            "INVALID_DATA-Email,Email_Opt_Out,Date_of_Birth,Account_Name.Account_Name");
    JsonNode shown =
        api.get("/crm/v8/Contacts/" + rows.getFirst().getField("RECORD_ID")).at("/data/0");
    assertThat(shown.path("Last_Name").asString()).isEqualTo("Boyle, P.");
    assertThat(shown.path("Email_Opt_Out").asBoolean()).isTrue();
    assertThat(shown.path("Date_of_Birth").asString()).isEqualTo("1990-02-28");
    assertThat(shown.at("/Account_Name/id").asString()).isEqualTo(account);
    assertThat(shown.path("Tag"))
        .extracting(tag -> tag.path("name").asString())
        .containsExactlyInAnyOrder("Hot", "New");
    assertThat(shown.at("/Owner/id").asString()).isEqualTo(Long.toString(org.adminId()));
    assertThat(api.get("/crm/v8/Contacts?fields=Last_Name").ids()).hasSize(2);
    assertThat(api.get("/crm/v8/Contacts/search?word=patricia").ids())
        .containsExactly(rows.getFirst().getField("RECORD_ID"));
    JsonNode timeline =
        api.get("/crm/v8/Contacts/" + rows.getFirst().getField("RECORD_ID") + "/__timeline")
            .at("/__timeline/0");
    assertThat(timeline.path("source").asString()).isEqualTo("bulkapi");
  }

  @Test
  void theMappingsSayWhichColumnGoesWhere() {
    String csv =
        """
        Name;Due;Sum;Step;Lost
        Big;31.12.2026;1.234,50;Qualification;
        Small;01.01.2027;;Nowhere;y
        """;
    List<NamedCsvRecord> rows =
        writes.write(
            "insert",
            "Deals",
            csv,
            """
            "field_mappings":[{"api_name":"Deal_Name","index":0},
             {"api_name":"Closing_Date","index":1,"format":"dd.MM.yyyy"},
             {"api_name":"Amount","index":2,"format":"#.###,##",
              "default_value":{"value":"7"}},
             {"api_name":"Stage","index":3},
             {"api_name":"Lead_Source","default_value":{"value":"Trade Show"}}]""");
    assertThat(rows.getFirst().getHeader())
        .containsExactly("Name", "Due", "Sum", "STATUS", "RECORD_ID", "ERRORS");
    assertThat(rows.get(1).getField("ERRORS")).isEqualTo("INVALID_DATA-Step");
    JsonNode deal = api.get("/crm/v8/Deals/" + rows.getFirst().getField("RECORD_ID")).at("/data/0");
    assertThat(deal.path("Deal_Name").asString()).isEqualTo("Big");
    assertThat(deal.path("Closing_Date").asString()).isEqualTo("2026-12-31");
    assertThat(deal.path("Amount").asDouble()).isEqualTo(1234.5);
    assertThat(deal.path("Lead_Source").asString()).isEqualTo("Trade Show");
  }

  @Test
  void filesOfOtherCharacters() {
    byte[] zip = zipOf("Last_Name|Company\nMüller|Bäcker\n", "windows-1252");
    String file = writes.send(zip).hasStatus(200).at("/details/file_id").asString();
    String id = writes.create(Writes.body("insert", "Leads", file, ""));
    writes.run();
    assertThat(writes.details(id).path("character_encoding").asString()).isEqualTo("windows-1252");
    assertThat(api.get("/crm/v8/Leads?fields=Last_Name").at("/data/0/Last_Name").asString())
        .isEqualTo("Müller");
    zip = zipOf("Last_Name,Company\nЖуков,М\n", "UTF-16");
    file = writes.send(zip).hasStatus(200).at("/details/file_id").asString();
    id = writes.create(Writes.body("insert", "Contacts", file, ""));
    writes.run();
    assertThat(writes.result(id, "Contacts-rows.csv").getFirst().getField("Last_Name"))
        .isEqualTo("Жуков");
  }

  @Test
  void aRowThatRecursIsToldByItsFirstRecord() {
    String csv =
        """
        Subject,Due_Date,Recurring_Activity
        One,04/01/2026,
        Daily,04/02/2026,"{""RRULE"":""FREQ=DAILY;COUNT=3""}"
        Never,04/02/2026,"{""RRULE"":""FREQ=DAILY;COUNT=1;DTSTART=2026-01-01"",""EXDATE"":""2026-01-01""}"
        Two,04/03/2026,
        """;
    List<NamedCsvRecord> rows = writes.write("insert", "Tasks", csv, "");
    assertThat(rows)
        .extracting(row -> row.getField("STATUS"))
        .containsExactly("ADDED", "ADDED", "SKIPPED", "ADDED");
    for (int i : new int[] {0, 1, 3}) {
      JsonNode task = api.get("/crm/v8/Tasks/" + rows.get(i).getField("RECORD_ID")).at("/data/0");
      assertThat(task.path("Subject").asString()).isEqualTo(rows.get(i).getField("Subject"));
      assertThat(task.path("Due_Date").asString()).isEqualTo("2026-04-0" + Math.min(i + 1, 3));
    }
    assertThat(api.get("/crm/v8/Tasks/actions/count").at("/count").asInt()).isEqualTo(5);
  }

  @Test
  void theResultHasTheBeginningsOfCells() {
    String csv = "Last_Name,Company,Description\nDoe,A\0B,x\nRoe,Acme," + "d".repeat(20_000) + "\n";
    List<NamedCsvRecord> rows = writes.write("insert", "Leads", csv, "");
    assertThat(rows.getFirst().getField("STATUS")).isEqualTo("SKIPPED");
    assertThat(rows.getFirst().getField("Company")).isEqualTo("AB");
    assertThat(rows.get(1).getField("Description")).isEqualTo("d".repeat(255));
    JsonNode lead = api.get("/crm/v8/Leads/" + rows.get(1).getField("RECORD_ID")).at("/data/0");
    assertThat(lead.path("Description").asString()).hasSize(20_000);
  }

  @Test
  void longLinesMakeShortPieces() {
    String line = "x".repeat(200_000) + "\n";
    byte[] file = ("Name\n" + line.repeat(60)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try (var source =
        new CsvSource(
            new java.io.ByteArrayInputStream(file),
            java.nio.charset.StandardCharsets.UTF_8,
            true)) {
      assertThat(BulkWriteJob.piece(source)).hasSize(42);
      assertThat(BulkWriteJob.piece(source)).hasSize(18);
    }
  }

  /** Very many rows go another way into the database than some. */
  @Test
  void manyRowsKeepEveryCharacter() {
    String odd = "a\\b\\nc\\.\td 'e' {f} \u20ac \ud83d\ude00";
    var csv = new StringBuilder("Last_Name,Company,Email,Description,Tag,Annual_Revenue\n");
    csv.append('"').append(odd).append("\",\\N,o'brien@example.com,\"one\ntwo\",Hot,1e3\n");
    for (int i = 0; i < 400; i++) {
      csv.append("Lead ").append(i).append(",,,,,\n");
    }
    csv.append("Lead,x,wrong,,,\n");
    List<NamedCsvRecord> rows = writes.write("insert", "Leads", csv.toString(), "");
    assertThat(rows).hasSize(402);
    assertThat(rows.getLast().getField("ERRORS")).isEqualTo("INVALID_DATA-Email");
    assertThat(rows.stream().map(row -> row.getField("RECORD_ID")).distinct()).hasSize(402);
    String id = rows.getFirst().getField("RECORD_ID");
    JsonNode shown = api.get("/crm/v8/Leads/" + id).at("/data/0");
    assertThat(shown.path("Last_Name").asString()).isEqualTo(odd);
    assertThat(shown.path("Company").asString()).isEqualTo("\\N");
    assertThat(shown.path("Description").asString()).isEqualTo("one\ntwo");
    assertThat(shown.path("Annual_Revenue").asInt()).isEqualTo(1000);
    assertThat(shown.at("/Tag/0/name").asString()).isEqualTo("Hot");
    for (String search : new String[] {"email=o%27brien@example.com", "word=two"}) {
      assertThat(api.get("/crm/v8/Leads/search?" + search).ids()).containsExactly(id);
    }
    assertThat(api.get("/crm/v8/Leads/actions/count").at("/count").asInt()).isEqualTo(401);
    assertThat(api.get("/crm/v8/Leads/" + id + "/__timeline").at("/__timeline")).hasSize(1);
  }

  private static byte[] zipOf(String text, String charset) {
    var out = new java.io.ByteArrayOutputStream();
    try (var zip = new java.util.zip.ZipOutputStream(out)) {
      zip.putNextEntry(new java.util.zip.ZipEntry("rows.csv"));
      zip.write(text.getBytes(Charset.forName(charset)));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private String create(String module, String row) {
    return api.post("/crm/v8/" + module, "{\"data\":[" + row + "]}").savedId(0);
  }
}
