package io.clientele.backup;

import io.clientele.configuration.Configuration;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestImages;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Fills an org through the API with some of everything, chosen by chance. */
final class FilledOrg {
  private static final String SHAPE =
      """
      modules:
        - api_name: Boats
          singular_label: Boat
          plural_label: Boats
          profiles: [Administrator, Standard]
          fields:
            - {api_name: Captain, field_label: Captain, data_type: lookup,
               lookup: {module: {api_name: Contacts}, display_label: Ships}}
            - {api_name: Crew, field_label: Crew, data_type: multiselectlookup,
               multiselectlookup: {display_label: Crewed, connected_details: {module: {api_name: Contacts}}}}
            - {api_name: Price, field_label: Price, data_type: currency, decimal_place: 2}
            - {api_name: Length, field_label: Length, data_type: double, decimal_place: 3}
            - {api_name: Built, field_label: Built, data_type: date}
            - {api_name: Seen, field_label: Seen, data_type: datetime}
            - {api_name: Afloat, field_label: Afloat, data_type: boolean}
            - {api_name: Number, field_label: Number, data_type: autonumber,
               auto_number: {prefix: "B'-", start_number: 7}}
            - {api_name: Badge, field_label: Badge, data_type: text, length: 30,
               unique: {case_sensitive: false}}
            - {api_name: Story, field_label: Story, data_type: textarea, textarea: {type: small}}
            - {api_name: Rig, field_label: Rig, data_type: multiselectpicklist,
               pick_list_values: [{display_value: Gaff}, {display_value: Lug}]}
            - {api_name: Papers, field_label: Papers, data_type: fileupload, length: 5}
            - {api_name: Pictures, field_label: Pictures, data_type: imageupload, length: 2}
      """;

  private final TestOrg org;
  private final Api api;
  private final Random random;
  private final List<String> contacts = new ArrayList<>();

  FilledOrg(TestOrg org, long seed) {
    this.org = org;
    this.api = org.api();
    this.random = new Random(seed);
  }

  void fill() {
    var installation = org.server().installation();
    new Configuration(installation.changes(), installation.jobs())
        .apply(org.orgId(), org.adminId(), YAMLMapper.shared().readTree(SHAPE));
    api.post(
            "/crm/v8/settings/record_locking_configurations?module=Leads",
            "{\"record_locking_configurations\":[{\"lock_type\":\"manual\"}]}")
        .hasStatus(201);
    long user = TestUsers.standard(org, "standard@example.com");
    TestUsers.create(org, "away@example.com", "Standard", "inactive", true);
    rule(user);
    people();
    quotes();
    boats();
    leads(user);
    api.post("/crm/v8/Tasks", "{\"data\":[{\"Subject\":\"Call\",\"Due_Date\":\"2026-01-02\"}]}")
        .hasStatus(201);
    installation.jobs().runDue(org.orgId());
  }

  private void rule(long user) {
    String group =
        api.post(
                "/crm/v8/settings/user_groups",
                "{\"user_groups\":[{\"name\":\"G\",\"sources\":[{\"type\":\"users\",\"source\":{\"id\":\"%d\"}}]}]}"
                    .formatted(user))
            .at("/user_groups/0/details/id")
            .asString();
    api.post(
            "/crm/v8/settings/data_sharing/rules?module=Leads",
            """
            {"sharing_rules":[{"name":"East","type":"Criteria_Based","permission_type":"read",
             "superiors_allowed":false,
             "shared_to":{"resource":{"id":"%s"},"type":"groups","subordinates":false},
             "criteria":{"comparator":"equal","field":{"api_name":"City"},"value":"Ulm"}}]}"""
                .formatted(group))
        .hasStatus(201);
  }

  String create(String module, String row) {
    return api.post("/crm/v8/" + module, "{\"data\":[" + row + "]}").hasStatus(201).savedId(0);
  }

  /** Also what files of lines find hard. */
  private String text() {
    List<String> words =
        List.of(
            "Ünal",
            "a,b",
            "\\\"quoted\\\"",
            "\\\\N",
            "tab\\there",
            "line\\nbreak",
            "日本",
            "x",
            "🚤");
    var text = new StringBuilder("T" + random.nextInt(1000));
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(' ').append(words.get(random.nextInt(words.size())));
    }
    return text.toString();
  }

  private void people() {
    for (int i = 0; i < 6; i++) {
      String account = create("Accounts", "{\"Account_Name\":\"" + i + text() + "\"}");
      String contact =
          create(
              "Contacts",
              "{\"Last_Name\":\"%s\",\"Email\":\"p%d@example.com\",\"Account_Name\":{\"id\":\"%s\"},\"Tag\":[{\"name\":\"Hot\"},{\"name\":\"T%d\"}]}"
                  .formatted(text(), i, account, i));
      contacts.add(contact);
      create(
          "Deals",
          "{\"Deal_Name\":\"%s\",\"Stage\":\"Qualification\",\"Closing_Date\":\"2026-03-0%d\",\"Amount\":%d.25,\"Account_Name\":{\"id\":\"%s\"},\"Contact_Name\":{\"id\":\"%s\"}}"
              .formatted(text(), i + 1, random.nextInt(99999), account, contact));
      api.upload(
              "/crm/v8/Contacts/" + contact + "/photo",
              Form.file("p.png", TestImages.of("png", 20 + i, 20)))
          .hasStatus(200);
      note("Contacts", contact);
      attach("Contacts", contact);
    }
  }

  private void note(String module, String id) {
    String note =
        api.post(
                "/crm/v8/" + module + "/" + id + "/Notes",
                "{\"data\":[{\"Note_Title\":\"%s\",\"Note_Content\":\"%s\"}]}"
                    .formatted(text(), text()))
            .hasStatus(201)
            .savedId(0);
    attach("Notes", note);
  }

  private void attach(String module, String id) {
    byte[] content = new byte[random.nextInt(20_000) + 1];
    random.nextBytes(content);
    String path = "/crm/v8/" + module + "/" + id + "/Attachments";
    api.upload(path, Form.file("a_" + random.nextInt(9) + " ü.bin", content)).hasStatus(200);
    api.upload(path, Form.file("same.txt", "the same everywhere")).hasStatus(200);
    api.upload(
            path, new Form().add("attachmentUrl", "https://example.com/x").add("title", "a link"))
        .hasStatus(200);
  }

  private void quotes() {
    String product = create("Products", "{\"Product_Name\":\"Thing\"}");
    for (int i = 0; i < 4; i++) {
      String item =
          "{\"Product_Name\":{\"id\":\"%s\"},\"Quantity\":%d,\"List_Price\":%d}"
              .formatted(product, i + 1, random.nextInt(100));
      create(
          "Quotes", "{\"Subject\":\"%s\",\"Quoted_Items\":[%s,%s]}".formatted(text(), item, item));
    }
  }

  private void boats() {
    for (int i = 0; i < 8; i++) {
      String paper = api.upload("/crm/v8/files", Form.file("paper" + i, "p" + i)).savedId(0);
      String picture =
          api.upload("/crm/v8/files", Form.file("i.png", TestImages.of("png", 9, 9 + i)))
              .savedId(0);
      create(
          "Boats",
          """
          {"Name":"%s","Price":%d.5,"Length":%d.125,"Built":"19%d-02-28","Badge":"B%d",
           "Seen":"2026-01-0%dT10:00:00+05:30","Afloat":%b,"Story":"%s","Rig":["Gaff","Lug"],
           "Captain":{"id":"%s"},"Crew":[{"Crew":{"id":"%s"}},{"Crew":{"id":"%s"}}],
           "Papers":[{"File_Id__s":"%s"}],"Pictures":[{"File_Id__s":"%s"}]}"""
              .formatted(
                  text(),
                  random.nextInt(999),
                  i,
                  50 + i,
                  i,
                  i + 1,
                  i % 2 == 0,
                  text(),
                  contacts.get(i % 6),
                  contacts.get(0),
                  contacts.get(1),
                  paper,
                  picture));
    }
  }

  private void leads(long user) {
    List<String> leads = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String lead =
          create(
              "Leads",
              "{\"Last_Name\":\"%s\",\"Company\":\"%s\",\"City\":\"%s\",\"Annual_Revenue\":%d,\"Email_Opt_Out\":%b}"
                  .formatted(text(), text(), i % 2 == 0 ? "Ulm" : "Rome", i * 1000, i % 3 == 0));
      leads.add(lead);
      note("Leads", lead);
      api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"City\":\"" + text() + "\"}]}").hasStatus(200);
    }
    api.post(
            "/crm/v8/Leads/" + leads.get(0) + "/actions/share",
            "{\"share\":[{\"shared_with\":{\"id\":\"%d\",\"type\":\"users\"},\"type\":\"private\",\"permission\":\"read_only\"}]}"
                .formatted(user))
        .hasStatus(201);
    api.post(
            "/crm/v8/Leads/" + leads.get(1) + "/Locking_Information__s",
            "{\"data\":[{\"Locked_Reason__s\":\"" + text() + "\"}]}")
        .hasStatus(201);
    for (int i = 2; i < 5; i++) {
      attach("Leads", leads.get(i));
      api.delete("/crm/v8/Leads/" + leads.get(i)).hasStatus(200);
    }
    api.delete("/crm/v8/Contacts/" + contacts.get(5)).hasStatus(200);
  }
}
