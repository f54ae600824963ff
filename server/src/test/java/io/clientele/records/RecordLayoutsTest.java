package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.layouts.TestLayouts;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Records are held to the layout they name. */
class RecordLayoutsTest {
  private static final TestOrg ORG = TestOrg.create();

  private final Api api = ORG.api();
  private final TestLayouts accounts = new TestLayouts(api, "Accounts");

  private Answer create(String row) {
    return api.post("/crm/v8/Accounts", "{\"data\":[" + row.replace('\'', '"') + "]}");
  }

  private Answer update(String id, String row) {
    return api.put("/crm/v8/Accounts/" + id, "{\"data\":[" + row.replace('\'', '"') + "]}");
  }

  private JsonNode read(String id) {
    return api.get("/crm/v8/Accounts/" + id).at("/data/0");
  }

  @Test
  void mandatoryFieldsOfTheLayoutAreDemanded() {
    String layout = accounts.create("Demanding");
    accounts.change(
        layout,
        accounts.inSection(layout, "{'id':'" + accounts.field("Phone") + "','required':true}"));
    String named = "'Layout':{'id':'" + layout + "'}";
    create("{'Account_Name':'A'," + named + "}")
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Phone\",\"json_path\":\"$.data[0].Phone\"}");
    String id = create("{'Account_Name':'A','Phone':'1'," + named + "}").savedId(0);
    assertThat(read(id).at("/Layout/id").asString()).isEqualTo(layout);
    update(id, "{'Phone':null," + named + "}")
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Phone\",\"json_path\":\"$.data[0].Phone\"}");
    update(id, "{'Fax':'2'," + named + "}").hasStatus(200);
    String other = create("{'Account_Name':'B'}").savedId(0);
    update(other, "{'Fax':'2'," + named + "}")
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Phone\",\"json_path\":\"$.data[0].Phone\"}");
    assertThat(read(other).path("Fax").isNull()).isTrue();
    update(other, "{'Phone':'3'," + named + "}").hasStatus(200);
    assertThat(read(other).at("/Layout/id").asString()).isEqualTo(layout);
    accounts.change(
        layout,
        accounts.inSection(layout, "{'id':'" + accounts.field("Phone") + "','required':false}"));
    create("{'Account_Name':'A'," + named + "}").hasStatus(201);
  }

  @Test
  void fieldsOutsideTheLayoutArePassedOver() {
    String layout = accounts.create("Short");
    accounts.change(
        layout,
        accounts.inSection(
            layout,
            "{'id':'"
                + accounts.field("Fax")
                + "','_delete':{'permanent':false}},{'id':'"
                + accounts.field("Website")
                + "','read_only':true}"));
    String values = "'Account_Name':'A','Fax':'1','Website':'www.a.com','Phone':'2'";
    String id = create("{" + values + ",'Layout':{'id':'" + layout + "'}}").savedId(0);
    assertThat(read(id).path("Fax").isNull()).isTrue();
    assertThat(read(id).path("Website").isNull()).isTrue();
    assertThat(read(id).path("Phone").asString()).isEqualTo("2");
    String free = create("{" + values + "}").savedId(0);
    assertThat(read(free).path("Fax").asString()).isEqualTo("1");
    update(id, "{'Fax':'1'}").hasStatus(200);
    assertThat(read(id).path("Fax").asString()).isEqualTo("1");
  }

  @Test
  void pickListsHaveTheValuesOfTheLayout() {
    String layout = accounts.create("Few");
    String industry = accounts.field("Industry");
    accounts.change(
        layout,
        accounts.inSection(
            layout,
            "{'id':'"
                + industry
                + "','pick_list_values':[{'actual_value':'Storage Equipment'},{'display_value':'Service Provider'},"
                + "{'actual_value':'Government/Military','type':'unused'}]}"));
    assertThat(values(layout)).containsExactly("Storage Equipment", "Service Provider");
    assertThat(values(accounts.standard().path("id").asString())).contains("Government/Military");
    String named = "'Account_Name':'A','Layout':{'id':'" + layout + "'}";
    create("{'Industry':'Government/Military'," + named + "}")
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"supported_values\":[\"Storage Equipment\",\"Service Provider\"],\"api_name\":\"Industry\","
                + "\"json_path\":\"$.data[0].Industry\"}");
    create("{'Industry':'service provider'," + named + "}").hasStatus(201);
    create("{'Industry':null," + named + "}").hasStatus(201);
    create("{'Account_Name':'A','Industry':'Government/Military'}").hasStatus(201);
    accounts.change(
        layout, accounts.inSection(layout, "{'id':'" + industry + "','pick_list_values':null}"));
    create("{'Industry':'Government/Military'," + named + "}").hasStatus(201);
  }

  private java.util.List<String> values(String layout) {
    return api.get("/crm/v8/settings/layouts/" + layout + "?module=Accounts")
        .at("/layouts/0/sections")
        .valueStream()
        .flatMap(section -> section.path("fields").valueStream())
        .filter(field -> field.path("api_name").asString().equals("Industry"))
        .flatMap(field -> field.path("pick_list_values").valueStream())
        .map(value -> value.path("actual_value").asString())
        .toList();
  }

  @Test
  void aRecordGetsTheDefaultLayoutOfItsCreator() {
    String layout = accounts.create("Of Standard");
    accounts.change(
        layout, "{'profiles':[{'id':'" + accounts.profile("Standard") + "','default':true}]}");
    Api other = ORG.api(TestUsers.standard(ORG, "record-layouts@example.com"), TestOrg.ALL_SCOPES);
    String id = other.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"A\"}]}").savedId(0);
    assertThat(read(id).at("/Layout/id").asString()).isEqualTo(layout);
    String mine = create("{'Account_Name':'A'}").savedId(0);
    assertThat(read(mine).at("/Layout/name").asString()).isEqualTo("Standard");
  }
}
