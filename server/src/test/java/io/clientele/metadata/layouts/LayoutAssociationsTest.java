package io.clientele.metadata.layouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Fields of a layout that show a field of the record their lookup names. */
class LayoutAssociationsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String FIELD = "$.layouts[0].sections[0].fields[0]";
  private static final String DETAILS = FIELD + ".association_details";

  private final Api api = ORG.api();
  private final TestLayouts contacts = new TestLayouts(api, "Contacts");
  private final TestLayouts accounts = new TestLayouts(api, "Accounts");
  private final String layout = contacts.standard().path("id").asString();

  private String body(String field, String lookup, String related) {
    return contacts.inSection(
        layout,
        "{'id':'"
            + contacts.field(field)
            + "','association_details':{'lookup_field':"
            + lookup
            + ",'related_field':"
            + related
            + "}}");
  }

  private static String named(String apiName) {
    return "{'api_name':'" + apiName + "'}";
  }

  private JsonNode details(String field) {
    return contacts
        .read(layout)
        .path("sections")
        .valueStream()
        .flatMap(section -> section.path("fields").valueStream())
        .filter(one -> one.path("api_name").asString().equals(field))
        .findFirst()
        .orElseThrow()
        .path("association_details");
  }

  @Test
  void aFieldShowsThatOfItsLookup() {
    String phone = accounts.field("Phone");
    contacts.change(layout, body("Home_Phone", named("Account_Name"), "{'id':'" + phone + "'}"));
    assertThat(details("Home_Phone").at("/lookup_field/api_name").asString())
        .isEqualTo("Account_Name");
    assertThat(details("Home_Phone").at("/related_field/id").asString()).isEqualTo(phone);
    contacts.change(
        layout,
        contacts.inSection(
            layout, "{'id':'" + contacts.field("Home_Phone") + "','association_details':null}"));
    assertThat(details("Home_Phone").isNull()).isTrue();
  }

  @Test
  void theRelatedFieldIsNamedOnceAndRightly() {
    contacts.refused(
        layout,
        body("Phone", named("Account_Name"), "{}"),
        "EXPECTED_FIELD_MISSING",
        "One of the required fields is missing",
        "{'expected_fields':[{'api_name':'id','json_path':'"
            + DETAILS
            + ".related_field.id'},{'api_name':'api_name','json_path':'"
            + DETAILS
            + ".related_field.api_name'}]}");
    contacts.refused(
        layout,
        body(
            "Phone",
            named("Account_Name"),
            "{'id':'" + accounts.field("Phone") + "','api_name':'Fax'}"),
        "AMBIGUITY_DURING_PROCESSING",
        "ambiguity while processing the related_field",
        "{'ambiguity_due_to':[{'api_name':'id','json_path':'"
            + DETAILS
            + ".related_field.id'},{'api_name':'api_name','json_path':'"
            + DETAILS
            + ".related_field.api_name'}]}");
    contacts.refused(
        layout,
        body("Phone", named("Account_Name"), "{'id':'1'}"),
        "INVALID_DATA",
        "the id given seems to be invalid",
        "{'api_name':'id','json_path':'" + DETAILS + ".related_field.id'}");
    contacts.refused(
        layout,
        body("Phone", named("Owner"), named("Phone")),
        "INVALID_DATA",
        "the id given seems to be invalid",
        "{'api_name':'id','json_path':'" + DETAILS + ".lookup_field.id'}");
  }

  @Test
  void theRelatedFieldMustFit() {
    contacts.refused(
        layout,
        body("Owner", named("Account_Name"), named("Owner")),
        "NOT_SUPPORTED",
        "Field of lookup association is not supported for this field",
        "{'api_name':'association_details','json_path':'" + DETAILS + "'}");
    contacts.refused(
        layout,
        body("Department", named("Account_Name"), named("Account_Name")),
        "NOT_ALLOWED",
        "related field length is higher",
        "{'api_name':'id','json_path':'" + DETAILS + ".related_field.id'}");
    contacts.refused(
        layout,
        body("Department", named("Account_Name"), named("Account_Name"))
            .replace("'association_details'", "'length':16,'association_details'"),
        "DEPENDENT_MISMATCH",
        "Field length mismatch for FOL mapping",
        "{'dependee':{'api_name':'length','json_path':'"
            + FIELD
            + ".length'},'api_name':'id','json_path':'"
            + DETAILS
            + ".related_field.id'}");
    contacts.refused(
        layout,
        body("Phone", named("Account_Name"), named("Industry")),
        "DEPENDENT_MISMATCH",
        "Field type mismatch for FOL mapping",
        "{'dependee':{'api_name':'id','json_path':'"
            + FIELD
            + ".id'},'api_name':'id','json_path':'"
            + DETAILS
            + ".related_field.id'}");
  }

  @Test
  void aLookupServesFiveFields() {
    String other = contacts.create("Full");
    for (String field : List.of("Phone", "Home_Phone", "Other_Phone", "Mobile", "Asst_Phone")) {
      contacts.change(other, to(other, field));
    }
    contacts.change(other, to(other, "Phone"));
    contacts.refused(
        other,
        to(other, "Fax"),
        "LIMIT_EXCEEDED",
        "Field of Lookup mapping limit is reached for the lookup",
        "{'limit':5,'limit_due_to':[{'api_name':'id','json_path':'"
            + DETAILS
            + ".lookup_field.id'}]}");
  }

  private String to(String other, String field) {
    return contacts.inSection(
        other,
        "{'id':'"
            + contacts.field(field)
            + "','association_details':{'lookup_field':{'api_name':'Account_Name'},"
            + "'related_field':{'api_name':'"
            + (field.equals("Fax") ? "Fax" : "Phone")
            + "'}}}");
  }
}
