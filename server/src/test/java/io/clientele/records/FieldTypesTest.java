package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.metadata.Setting;
import io.clientele.metadata.Settings;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Field types that no standard module has, on fields and a linking module put into the metadata as
 * an org's own would be. Reference: Get Records, Fields Metadata.
 */
@Proves({"POST /crm/{version}/{module}", "GET /crm/{version}/{module}/{id}"})
class FieldTypesTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @BeforeAll
  static void customise() {
    var installation = ORG.server().installation();
    long vendors = ORG.metadata().get("Vendors").id();
    String[] fields = {
      "{\"api_name\":\"Story\",\"data_type\":\"textarea\",\"length\":50000,\"textarea\":{\"type\":\"rich_text\"}}",
      "{\"api_name\":\"Colours\",\"data_type\":\"multiselectpicklist\",\"pick_list_values\":[{\"display_value\":\"Red\",\"actual_value\":\"Red\"},{\"display_value\":\"Blue\",\"actual_value\":\"Blue\"}]}",
      "{\"api_name\":\"Share\",\"data_type\":\"percent\"}",
      "{\"api_name\":\"Long\",\"data_type\":\"bigint\"}",
      "{\"api_name\":\"Keeper\",\"data_type\":\"userlookup\"}",
      "{\"api_name\":\"Files\",\"data_type\":\"fileupload\"}",
      "{\"api_name\":\"Buyers\",\"data_type\":\"multiselectlookup\",\"multiselectlookup\":{\"linking_details\":{\"module\":{\"api_name\":\"Vendors_X_Accounts\"},\"lookup_field\":{\"api_name\":\"Vendor\"},\"connected_lookup_field\":{\"api_name\":\"Buyer\"}},\"connected_details\":{\"module\":{\"api_name\":\"Accounts\"}}}}",
    };
    String[] links = {
      "{\"api_name\":\"id\",\"data_type\":\"bigint\"}",
      "{\"api_name\":\"Vendor\",\"data_type\":\"lookup\",\"lookup\":{\"module\":\"Vendors\"}}",
      "{\"api_name\":\"Buyer\",\"data_type\":\"lookup\",\"lookup\":{\"module\":\"Accounts\"}}",
    };
    installation
        .database()
        .change(
            tx -> {
              Iterator<Long> ids = Settings.nextIds(tx, ORG.org(), 20).iterator();
              long linking = ids.next();
              List<Setting> settings = new ArrayList<>();
              JsonNode module =
                  Json.MAPPER.readTree(
                      "{\"module\":{\"api_name\":\"Vendors_X_Accounts\",\"generated_type\":\"linking\"}}");
              settings.add(Settings.of(linking, "module", null, "Vendors_X_Accounts", 99, module));
              for (String field : fields) {
                settings.add(field(ids.next(), vendors, field));
              }
              for (String field : links) {
                settings.add(field(ids.next(), linking, field));
              }
              Settings.insert(tx, ORG.org(), settings);
              Settings.changed(tx, ORG.org());
            });
    installation.metadata().changed(ORG.orgId());
  }

  private static Setting field(long id, long module, String definition) {
    JsonNode body = Json.MAPPER.readTree(definition);
    return Settings.of(id, "field", module, body.path("api_name").asString(), 900, body);
  }

  @Test
  void valuesOfEveryTypeComeBack() {
    String user = Long.toString(ORG.adminId());
    String id =
        vendor(
            "\"Colours\":[\"Blue\",\"red\",\"Own, \\\"quoted\\\"\"],\"Share\":12.345,\"Long\":\"123456789012345678\","
                + "\"Keeper\":{\"id\":\""
                + user
                + "\"}");
    JsonNode read = api.get("/crm/v8/Vendors/" + id).hasStatus(200).at("/data/0");
    assertThat(read.path("Colours").valueStream().map(JsonNode::asString))
        .containsExactly("Blue", "Red", "Own, \"quoted\"");
    assertThat(read.path("Share").decimalValue()).isEqualByComparingTo("12.35");
    assertThat(read.path("Long").asString()).isEqualTo("123456789012345678");
    assertThat(read.path("Keeper").path("id").asString()).isEqualTo(user);
  }

  @Test
  void richTextIsCutAtFiveHundredCharacters() {
    String id = vendor("\"Story\":\"" + "é".repeat(501) + "\"");
    assertThat(api.get("/crm/v8/Vendors/" + id).at("/data/0/Story").asString()).hasSize(500);
    assertThat(api.get("/crm/v8/Vendors?fields=Story&ids=" + id).at("/data/0/Story").asString())
        .hasSize(500);
  }

  @Test
  void wrongValuesAreRefused() {
    String[][] wrong = {
      {"\"Colours\":\"Red\"", "jsonarray"},
      {"\"Colours\":[1]", "text"},
      {"\"Share\":\"x\"", "percent"},
      {"\"Long\":true", "bigint"},
      {"\"Keeper\":[]", "jsonobject"},
      {"\"Files\":{}", "jsonarray"},
      {"\"Buyers\":{}", "jsonarray"},
      {"\"Story\":1", "text"},
    };
    for (String[] value : wrong) {
      Answer answer =
          api.post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"V\"," + value[0] + "}]}");
      assertThat(answer.hasStatus(400).at("/data/0/details/expected_data_type").asString())
          .as(answer::toString)
          .isEqualTo(value[1]);
    }
    Answer digits =
        api.post(
            "/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"V\",\"Long\":1234567890123456789}]}");
    assertThat(digits.hasStatus(400).at("/data/0/details/maximum_length").asInt()).isEqualTo(18);
  }

  @Test
  void linkedRecordsAreReadWithTheRecord() {
    String account =
        api.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"Acme\"}]}").savedId(0);
    String id = vendor("\"Buyers\":[{\"Buyer\":{\"id\":\"" + account + "\"}}]");
    Answer read = api.get("/crm/v8/Vendors/" + id);
    assertThat(read.at("/data/0/Buyers/0/Buyer/name").asString()).isEqualTo("Acme");
    assertThat(read.at("/data/0/$has_more/Buyers").asBoolean(true)).isFalse();
    String link = read.at("/data/0/Buyers/0/id").asString();
    api.put(
            "/crm/v8/Vendors/" + id,
            "{\"data\":[{\"Buyers\":[{\"id\":\"" + link + "\",\"_delete\":null}]}]}")
        .hasStatus(200);
    assertThat(api.get("/crm/v8/Vendors/" + id).at("/data/0/Buyers").isEmpty()).isTrue();
  }

  private String vendor(String properties) {
    return api.post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"V\"," + properties + "}]}")
        .hasStatus(201)
        .savedId(0);
  }
}
