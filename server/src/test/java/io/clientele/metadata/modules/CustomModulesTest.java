package io.clientele.metadata.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Custom modules, which work at once in every operation on records. */
@Proves(
    value = {
      "POST /crm/{version}/settings/modules",
      "PUT /crm/{version}/settings/modules",
      "PUT /crm/{version}/settings/modules/{module}"
    },
    area = "")
class CustomModulesTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();
  private static final String ADMINISTRATOR = profile(0);
  private static final String STANDARD = profile(1);

  private static String profile(int place) {
    return Long.toString(ORG.metadata().settings("profile").get(place).id());
  }

  private static Answer create(String keys) {
    return API.post(
        "/crm/v8/settings/modules",
        "{\"modules\":[{" + keys + ",\"profiles\":[{\"id\":\"" + ADMINISTRATOR + "\"}]}]}");
  }

  private static Answer update(String id, String keys) {
    return API.put(
        "/crm/v8/settings/modules", "{\"modules\":[{\"id\":\"" + id + "\"," + keys + "}]}");
  }

  @Test
  void aNewModuleHasRecordsAtOnce() {
    create("\"singular_label\":\"Stock\",\"plural_label\":\"Stocks\"").hasStatus(201);
    Answer module = API.get("/crm/v8/settings/modules/Stocks").hasStatus(200);
    assertThat(module.at("/modules/0/generated_type").asString()).isEqualTo("custom");
    assertThat(module.at("/modules/0/singular_label").asString()).isEqualTo("Stock");
    String id =
        API.post("/crm/v8/Stocks", "{\"data\":[{\"Name\":\"S1\",\"Email\":\"s@example.com\"}]}")
            .hasStatus(201)
            .savedId(0);
    API.post("/crm/v8/Stocks", "{\"data\":[{}]}").hasStatus(400);
    API.put("/crm/v8/Stocks/" + id, "{\"data\":[{\"Name\":\"S2\"}]}").hasStatus(200);
    Answer list = API.get("/crm/v8/Stocks?fields=Name,Owner").hasStatus(200);
    assertThat(list.at("/data/0/Name").asString()).isEqualTo("S2");
    Answer views = API.get("/crm/v8/settings/custom_views?module=Stocks").hasStatus(200);
    String mine = views.at("/custom_views/1/id").asString();
    API.get("/crm/v8/Stocks?fields=Name&cvid=" + mine).hasStatus(200);
    API.get("/crm/v8/settings/layouts?module=Stocks").hasStatus(200);
    API.get("/crm/v8/settings/related_lists?module=Stocks").hasStatus(200);
    API.post(
            "/crm/v8/settings/fields?module=Stocks",
            "{\"fields\":[{\"field_label\":\"Price\",\"data_type\":\"currency\"}]}")
        .hasStatus(201);
    API.post("/crm/v8/Stocks", "{\"data\":[{\"Name\":\"S3\",\"Price\":1.5}]}").hasStatus(201);
    API.delete("/crm/v8/Stocks/" + id).hasStatus(200);
  }

  @Test
  void recordsCanHaveNumbersForNames() {
    create(
            "\"singular_label\":\"Ticket\",\"plural_label\":\"Tickets\",\"api_name\":\"Ticket_Book\","
                + "\"display_field\":{\"field_label\":\"Number\",\"data_type\":\"autonumber\","
                + "\"auto_number\":{\"prefix\":\"T\",\"start_number\":\"21\",\"suffix\":\"H\"}}")
        .hasStatus(201);
    String id = API.post("/crm/v8/Ticket_Book", "{\"data\":[{}]}").hasStatus(201).savedId(0);
    assertThat(API.get("/crm/v8/Ticket_Book/" + id).at("/data/0/Name").asString())
        .isEqualTo("T21H");
  }

  @Test
  void labelsAndProfilesChange() {
    String id =
        create("\"singular_label\":\"Boat\",\"plural_label\":\"Boats\"")
            .hasStatus(201)
            .at("/modules/0/details/id")
            .asString();
    Api standard = ORG.api(TestUsers.standard(ORG, "boats@example.com"), TestOrg.ALL_SCOPES);
    standard.get("/crm/v8/Boats?fields=Name").hasStatus(403).hasCode("", "NO_PERMISSION");
    update(id, "\"plural_label\":\"Ships\",\"profiles\":[{\"id\":\"" + STANDARD + "\"}]")
        .hasStatus(200);
    standard.get("/crm/v8/Boats?fields=Name").hasStatus(204);
    Answer module = API.get("/crm/v8/settings/modules/" + id).hasStatus(200);
    assertThat(module.at("/modules/0/plural_label").asString()).isEqualTo("Ships");
    assertThat(module.at("/modules/0/profile_count").asInt()).isEqualTo(2);
    API.put(
            "/crm/v8/settings/modules/Boats",
            "{\"modules\":[{\"singular_label\":\"Ship\",\"profiles\":[{\"id\":\""
                + STANDARD
                + "\",\"_delete\":null},{\"id\":\""
                + ADMINISTRATOR
                + "\",\"_delete\":null}]}]}")
        .hasStatus(400)
        .hasCode("/modules/0", "MINIMUM_DATA_NOT_FOUND");
    assertThat(API.get("/crm/v8/settings/modules/" + id).at("/modules/0/singular_label").asString())
        .isEqualTo("Boat");
    standard
        .post("/crm/v8/settings/modules", "{\"modules\":[{}]}")
        .hasStatus(403)
        .hasCode("", "NO_PERMISSION");
  }

  @Test
  void anotherServerKnowsTheModuleAtOnce() {
    try (var other = TestServer.amongOthers()) {
      API.get("/crm/v8/Planets?fields=Name").hasStatus(400);
      new Api(other.url(), ORG.token(ORG.adminId(), TestOrg.ALL_SCOPES))
          .post(
              "/crm/v8/settings/modules",
              "{\"modules\":[{\"singular_label\":\"Planet\",\"plural_label\":\"Planets\",\"profiles\":[{\"id\":\""
                  + ADMINISTRATOR
                  + "\"}]}]}")
          .hasStatus(201);
      API.post("/crm/v8/Planets", "{\"data\":[{\"Name\":\"Mars\"}]}").hasStatus(201);
    }
  }

  @Test
  void mistakesAreNamed() {
    create("\"singular_label\":\"Car\",\"plural_label\":\"Cars\"").hasStatus(201);
    String[][] cases = {
      {"\"plural_label\":\"X\"", "MANDATORY_NOT_FOUND", "singular_label"},
      {"\"singular_label\":\"X\"", "MANDATORY_NOT_FOUND", "plural_label"},
      {"\"singular_label\":\"X\",\"plural_label\":7", "INVALID_DATA", "plural_label"},
      {
        "\"singular_label\":\"X\",\"plural_label\":\"" + "x".repeat(51) + "\"",
        "INVALID_DATA",
        "plural_label"
      },
      {"\"singular_label\":\"X!\",\"plural_label\":\"Xs\"", "INVALID_DATA", "singular_label"},
      {"\"singular_label\":\"car\",\"plural_label\":\"Xs\"", "DUPLICATE_DATA", "singular_label"},
      {"\"singular_label\":\"X\",\"plural_label\":\"cars\"", "DUPLICATE_DATA", "plural_label"},
      {
        "\"singular_label\":\"X\",\"plural_label\":\"Xs\",\"api_name\":\"Cars\"",
        "DUPLICATE_DATA",
        "api_name"
      },
      {
        "\"singular_label\":\"X\",\"plural_label\":\"Xs\",\"api_name\":\"a__b\"",
        "INVALID_DATA",
        "api_name"
      },
      {
        "\"singular_label\":\"X\",\"plural_label\":\"Xs\",\"api_name\":null",
        "INVALID_DATA",
        "api_name"
      },
      {
        "\"singular_label\":\"X\",\"plural_label\":\"Xs\",\"api_name\":\"settings\"",
        "RESERVED_KEYWORD_NOT_ALLOWED",
        "api_name"
      },
      {
        "\"singular_label\":\"X\",\"plural_label\":\"Xs\",\"display_field\":{\"data_type\":\"autonumber\"}",
        "DEPENDENT_FIELD_MISSING",
        "auto_number"
      },
      {
        "\"singular_label\":\"X\",\"plural_label\":\"Xs\",\"display_field\":{\"data_type\":\"autonumber\",\"auto_number\":{}}",
        "MANDATORY_NOT_FOUND",
        "start_number"
      },
      {
        "\"singular_label\":\"X\",\"plural_label\":\"Xs\",\"display_field\":{\"data_type\":\"date\"}",
        "INVALID_DATA",
        "data_type"
      },
    };
    for (String[] one : cases) {
      Answer answer = create(one[0]).hasStatus(400).hasCode("/modules/0", one[1]);
      assertThat(answer.at("/modules/0/details/api_name").asString()).as(one[0]).isEqualTo(one[2]);
    }
    create("\"singular_label\":\"X\",\"plural_label\":\"Xs\",\"display_field\":{}")
        .hasStatus(400)
        .hasCode("/modules/0", "EXPECTED_FIELD_MISSING");
    String labels = "\"singular_label\":\"X\",\"plural_label\":\"Xs\"";
    API.post("/crm/v8/settings/modules", "{\"modules\":[{" + labels + "}]}")
        .hasStatus(400)
        .hasCode("/modules/0", "MANDATORY_NOT_FOUND");
    API.post("/crm/v8/settings/modules", "{\"modules\":[{" + labels + ",\"profiles\":[]}]}")
        .hasStatus(400)
        .hasCode("/modules/0", "MINIMUM_DATA_NOT_FOUND");
    API.post(
            "/crm/v8/settings/modules",
            "{\"modules\":[{" + labels + ",\"profiles\":[{\"id\":\"77\"}]}]}")
        .hasStatus(400)
        .hasCode("/modules/0", "INVALID_DATA");
    API.post("/crm/v5/settings/modules", "{\"modules\":[{" + labels + "}]}")
        .hasStatus(400)
        .hasCode("", "API_NOT_SUPPORTED");
    update("5", labels).hasStatus(400).hasCode("/modules/0", "INVALID_DATA");
    String leads = Long.toString(ORG.metadata().get("Leads").id());
    update(leads, "\"api_name\":\"Other\"").hasStatus(400).hasCode("/modules/0", "NOT_ALLOWED");
    update(leads, "\"plural_label\":\"\"")
        .hasStatus(400)
        .hasCode("/modules/0", "MANDATORY_NOT_FOUND");
    API.put("/crm/v8/settings/modules/Nope", "{\"modules\":[{" + labels + "}]}").hasStatus(400);
  }

  @Test
  void mistakesInProfilesAndKindsAreNamed() {
    String labels = "\"singular_label\":\"Van\",\"plural_label\":\"Vans\"";
    String path = "\"json_path\":\"$.modules[0].profiles[0].id\"";
    for (String[] one :
        new String[][] {
          {"{}", "MANDATORY_NOT_FOUND", "required field not found", ""},
          {"{\"id\":\"x\"}", "INVALID_DATA", "invalid data", "\"expected_data_type\":\"bigint\","},
          {"{\"id\":\"7\"}", "INVALID_DATA", "Invalid profile id passed", ""},
        }) {
      API.post(
              "/crm/v8/settings/modules",
              "{\"modules\":[{" + labels + ",\"profiles\":[" + one[0] + "]}]}")
          .hasStatus(400)
          .itemIsError(
              "modules", 0, one[1], one[2], "{" + one[3] + "\"api_name\":\"id\"," + path + "}");
    }
    Answer team =
        API.post(
            "/crm/v8/settings/modules",
            "{\"modules\":[{" + labels + ",\"access_type\":\"team_based\"}]}");
    team.isError(
        403,
        "NO_PERMISSION",
        "permission denied",
        "{\"permissions\":[\"Crm_Implied_Create_Team_Module\"]}");
    create(labels + ",\"access_type\":\"mine\"").hasCode("/modules/0", "INVALID_DATA");
    API.get("/crm/v8/settings/modules/Vans").hasStatus(400).hasCode("", "INVALID_MODULE");
  }

  @Test
  void eachUpdateOfSeveralHasItsOutcome() {
    String leads = Long.toString(ORG.metadata().get("Leads").id());
    String tooLong = "x".repeat(51);
    Answer answer =
        API.put(
            "/crm/v8/settings/modules",
            """
            {"modules":[{"id":"%s","plural_label":"Prospects"},{"plural_label":"P"},
              {"id":"%s","plural_label":"%s"},{"id":"%s","access_type":"team_based"},
              {"id":"%s","plural_label":"P"},{"id":"%s","singular_label":"contact"}]}"""
                .formatted(
                    leads,
                    leads,
                    tooLong,
                    leads,
                    ORG.metadata().get("Leads_X_Campaigns").id(),
                    leads));
    answer.hasStatus(207).hasCode("/modules/0", "SUCCESS");
    answer
        .itemIsError(
            "modules",
            1,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"id\",\"json_path\":\"$.modules[1].id\"}")
        .itemIsError(
            "modules",
            2,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":50,\"api_name\":\"plural_label\",\"json_path\":\"$.modules[2].plural_label\"}")
        .itemIsError(
            "modules",
            3,
            "NOT_ALLOWED",
            "access type update not allowed",
            "{\"api_name\":\"access_type\",\"json_path\":\"$.modules[3].access_type\"}")
        .itemIsError(
            "modules",
            4,
            "INVALID_DATA",
            "Module rename not allowed",
            "{\"api_name\":\"id\",\"json_path\":\"$.modules[4].id\"}")
        .itemIsError(
            "modules",
            5,
            "DUPLICATE_DATA",
            "Module singular name duplicate",
            "{\"api_name\":\"singular_label\",\"json_path\":\"$.modules[5].singular_label\"}");
    assertThat(API.get("/crm/v8/settings/modules/Leads").at("/modules/0/plural_label").asString())
        .isEqualTo("Prospects");
    API.put("/crm/v8/settings/modules/Leads", "{\"modules\":[{\"plural_label\":\"Leads\"}]}")
        .hasStatus(200);
  }

  @Test
  void anOrgHasSoManyCustomModules() {
    TestOrg org = TestOrg.create();
    var installation = org.server().installation();
    installation
        .changes()
        .change(
            org.orgId(),
            org.adminId(),
            change -> {
              for (int i = 0; i < 500; i++) {
                ObjectNode module = Json.MAPPER.createObjectNode();
                module.putObject("module").put("generated_type", "custom");
                change.insert(change.nextId(), "module", null, "Filler" + i, module);
              }
              return true;
            });
    String administrator = Long.toString(org.metadata().settings("profile").getFirst().id());
    org.api()
        .post(
            "/crm/v8/settings/modules",
            """
            {"modules":[{"singular_label":"One","plural_label":"Ones","profiles":[{"id":"%s"}]}]}"""
                .formatted(administrator))
        .itemIsError("modules", 0, "LIMIT_EXCEEDED", "limit exceeded", "{\"limit\":500}");
  }
}
