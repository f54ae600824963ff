package io.clientele.imports;

import io.clientele.configuration.Configuration;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestImages;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An org with some of everything that can be moved. */
final class SourceOrg {
  private static final String SHAPE =
      """
      roles:
        - {name: Skipper, reporting_to: CEO, share_with_peers: true}
      profiles:
        - {name: Deckhand, base: Standard, disabled: [Crm_Implied_Delete_Leads]}
      modules:
        - api_name: Leads
          fields:
            - {api_name: Badge, field_label: Badge number, data_type: text, length: 30, unique: {case_sensitive: false}}
            - {api_name: Paper, field_label: Paper, data_type: fileupload, length: 5}
            - {api_name: Regions, field_label: Regions, data_type: multiselectpicklist,
               pick_list_values: [{display_value: East}, {display_value: West}]}
          tags: [{name: Hot, color_code: "#F17574"}, {name: Cold}]
        - api_name: Boats
          singular_label: Boat
          plural_label: Boats
          profiles: [Administrator, Standard]
          fields:
            - {api_name: Captain, field_label: Captain, data_type: lookup,
               lookup: {module: {api_name: Contacts}, display_label: Ships}}
            - {api_name: Sister, field_label: Sister, data_type: lookup,
               lookup: {module: {api_name: Boats}, display_label: Sisters}}
            - {api_name: Crew, field_label: Crew, data_type: multiselectlookup,
               multiselectlookup: {display_label: Crewed, connected_details: {module: {api_name: Contacts}}}}
            - {api_name: Price, field_label: Price, data_type: currency, decimal_place: 2}
            - {api_name: Built, field_label: Built, data_type: date}
            - {api_name: Number, field_label: Number, data_type: autonumber,
               auto_number: {prefix: B-, start_number: 7}}
            - {api_name: Keeper, field_label: Keeper, data_type: userlookup}
            - {api_name: Twice, field_label: Twice, data_type: formula,
               formula: {return_type: double, expression: "${Boats.Price} * 2"}}
            - {api_name: Repairs, field_label: Repairs, data_type: subform}
      """;
  private static final String INNER =
      """
      modules:
        - api_name: Repairs
          fields:
            - {api_name: Done, field_label: Done, data_type: date}
            - {api_name: Cost, field_label: Cost, data_type: currency, decimal_place: 2}
      """;

  final TestOrg org;
  final Api api;

  /** The records, by the path that answers one, in the order in which they were made. */
  final Map<String, List<String>> records = new LinkedHashMap<>();

  private SourceOrg(TestOrg org) {
    this.org = org;
    api = org.api();
  }

  static SourceOrg on(TestOrg org) {
    var source = new SourceOrg(org);
    source.shape(SHAPE);
    source.shape(INNER);
    source.fill();
    return source;
  }

  private void shape(String yaml) {
    var installation = org.server().installation();
    JsonNode file = YAMLMapper.shared().readTree(yaml);
    new Configuration(installation.changes(), installation.jobs())
        .apply(org.orgId(), org.adminId(), file);
  }

  String add(String module, String row) {
    String id = api.post("/crm/v8/" + module, "{\"data\":[" + row + "]}").hasStatus(201).savedId(0);
    records.computeIfAbsent(module, key -> new ArrayList<>()).add(id);
    return id;
  }

  void put(String module, String id, String values) {
    api.put("/crm/v8/" + module + "/" + id, "{\"data\":[{" + values + "}]}").hasStatus(200);
  }

  static String named(String name, String id) {
    return "\"" + name + "\":{\"id\":\"" + id + "\"}";
  }

  private void fill() {
    long mate = TestUsers.standard(org, "mate@example.com");
    Api second = org.api(mate, TestOrg.ALL_SCOPES);
    String parent = add("Accounts", "{\"Account_Name\":\"Upper\",\"Annual_Revenue\":1200.5}");
    String child =
        add(
            "Accounts",
            "{\"Account_Name\":\"Lower, \\\"quoted\\\"\"," + named("Parent_Account", parent) + "}");
    put("Accounts", parent, named("Parent_Account", child));
    String hook =
        add(
            "Contacts",
            "{\"First_Name\":\"James\",\"Last_Name\":\"Hook\","
                + named("Account_Name", parent)
                + ",\"Email\":\"hook@example.com\",\"Description\":\"two\\nlines\","
                + named("Owner", "" + mate)
                + "}");
    String smee = add("Contacts", "{\"Last_Name\":\"Smee\"," + named("Reporting_To", hook) + "}");
    put("Contacts", hook, named("Reporting_To", smee));
    String lead =
        add(
            "Leads",
            "{\"Last_Name\":\"Pan\",\"Company\":\"Never\",\"Badge\":\"P-1\",\"Regions\":[\"East\",\"West\"],"
                + "\"Tag\":[{\"name\":\"Hot\"},{\"name\":\"New here\"}],\"Email_Opt_Out\":true,"
                + named("Owner", "" + mate)
                + "}");
    for (int i = 0; i < 25; i++) {
      add("Leads", "{\"Last_Name\":\"L" + i + "\",\"Company\":\"C\"}");
    }
    String deal =
        add(
            "Deals",
            "{\"Deal_Name\":\"Big\",\"Stage\":\"Qualification\",\"Pipeline\":\"Standard (Standard)\",\"Closing_Date\":\"2030-01-31\","
                + "\"Amount\":99.5,"
                + named("Account_Name", parent)
                + ","
                + named("Contact_Name", hook)
                + "}");
    String boat =
        add(
            "Boats",
            "{\"Name\":\"Jolly\",\"Price\":9.5,\"Built\":\"1999-12-31\","
                + named("Captain", hook)
                + ","
                + named("Keeper", "" + mate)
                + ",\"Crew\":[{\"Crew\":{\"id\":\""
                + smee
                + "\"}},{\"Crew\":{\"id\":\""
                + hook
                + "\"}}],"
                + "\"Repairs\":[{\"Done\":\"2020-02-02\",\"Cost\":1.25},{\"Done\":\"2021-02-02\",\"Cost\":2}]}");
    String sister = add("Boats", "{\"Name\":\"Roger\"," + named("Sister", boat) + "}");
    put("Boats", boat, named("Sister", sister));
    String product = add("Products", "{\"Product_Name\":\"Sail\",\"Unit_Price\":3}");
    add(
        "Quotes",
        "{\"Subject\":\"Q\","
            + named("Account_Name", parent)
            + ","
            + named("Deal_Name", deal)
            + ",\"Quoted_Items\":[{"
            + named("Product_Name", product)
            + ",\"Quantity\":2,\"List_Price\":3}]}");
    add(
        "Tasks",
        "{\"Subject\":\"Swab\","
            + named("What_Id", boat)
            + ",\"$se_module\":\"Boats\",\"Due_Date\":\"2030-05-05\"}");
    add("Tasks", "{\"Subject\":\"Ask\"," + named("Who_Id", hook) + ",\"Status\":\"In Progress\"}");
    add(
        "Events",
        "{\"Event_Title\":\"Feast\",\"Start_DateTime\":\"2030-01-01T10:00:00+00:00\",\"End_DateTime\":\"2030-01-01T11:00:00+00:00\","
            + "\"Participants\":[{\"type\":\"contact\",\"participant\":\""
            + hook
            + "\"},{\"type\":\"user\",\"participant\":\""
            + mate
            + "\"}]}");
    add(
        "Notes",
        "{\"Note_Title\":\"N\",\"Note_Content\":\"of a boat\",\"Parent_Id\":{\"id\":\""
            + boat
            + "\",\"module\":{\"api_name\":\"Boats\"}}}");
    add(
        "Notes",
        "{\"Note_Content\":\"of a lead\",\"Parent_Id\":{\"id\":\""
            + lead
            + "\",\"module\":{\"api_name\":\"Leads\"}}}");
    second
        .upload("/crm/v8/Leads/" + lead + "/Attachments", Form.file("map.txt", "here be dragons"))
        .hasStatus(200);
    api.upload("/crm/v8/Boats/" + boat + "/Attachments", Form.file("log, 1.txt", "day one"))
        .hasStatus(200);
    api.upload(
            "/crm/v8/Boats/" + boat + "/Attachments",
            new Form().add("attachmentUrl", "https://example.com/boat").add("title", "Boat"))
        .hasStatus(200);
    api.upload("/crm/v8/Leads/" + lead + "/photo", Form.file("p.png", TestImages.of("png", 4, 4)))
        .hasStatus(200);
    String file =
        api.upload("/crm/v8/files", Form.file("deed.txt", "a deed"))
            .hasStatus(200)
            .at("/data/0/details/id")
            .asString();
    put("Leads", lead, "\"Paper\":[{\"File_Id__s\":\"" + file + "\"}]");
  }

  String first(String module) {
    return records.getOrDefault(module, List.of()).getFirst();
  }
}
