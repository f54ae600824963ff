package io.clientele.access;

import io.clientele.access.AccessModel.Row;
import io.clientele.access.AccessOrg.Kind;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Asks every path that reads, as each user. */
final class AccessReads {
  /** Related lists, the module of their rows. */
  private static final Map<String, Map<String, String>> LISTS =
      Map.of(
          "Accounts",
              Map.of(
                  "Contacts", "Contacts", "Deals", "Deals", "Quotes", "Quotes", "Notes", "Notes"),
          "Contacts", Map.of("Deals", "Deals", "Tasks", "Tasks", "Notes", "Notes"),
          "Deals", Map.of("Tasks", "Tasks", "Notes", "Notes"),
          "Leads", Map.of("Notes", "Notes"));

  private final AccessOrg made;
  private final AccessModel model;
  private final Findings findings;

  AccessReads(AccessOrg made, Findings findings) {
    this.made = made;
    this.model = made.model;
    this.findings = findings;
  }

  void ask(long user) {
    model.rows.values().forEach(row -> single(user, row));
    for (Kind kind : AccessOrg.KINDS) {
      lists(user, kind);
      searches(user, kind);
      for (int i = 0; i < 3; i++) {
        Row row = made.pick(model.of(kind.name()));
        related(user, row);
        parts(user, row);
      }
    }
    String activities = "/crm/v8/Activities?fields=Subject&per_page=200";
    findings.compareList("list Activities", user, model.of("Tasks"), ids(user, activities));
    String lines = "/crm/v8/Quoted_Items?fields=Quantity&per_page=200";
    findings.compareList("list lines", user, model.of("Quoted_Items"), ids(user, lines));
  }

  private void single(long user, Row row) {
    Answer answer = made.as(user).get("/crm/v8/" + row.module + "/" + row.id);
    findings.compare("get", user, row, Action.READ, answer.status() == 200);
    if (answer.status() != 200) {
      boolean module = model.hasModule(user, row.module, Action.READ);
      boolean fits = module ? answer.status() == 204 : isRefused(answer);
      findings.expect("get", user, "refused as documented: " + answer, fits);
      return;
    }
    JsonNode data = answer.at("/data/0");
    row.values.forEach(
        (field, value) -> {
          boolean hidden = model.field(user, row.module, field).equals("hidden");
          boolean right = hidden ? !data.has(field) : data.path(field).asString("").equals(value);
          findings.expect("get", user, field + " " + (hidden ? "hidden" : value) + answer, right);
        });
  }

  private static boolean isRefused(Answer answer) {
    return answer.status() == 403 && answer.at("/code").asString("").equals("NO_PERMISSION");
  }

  private void lists(long user, Kind kind) {
    List<Row> rows = model.of(kind.name());
    String path = "/crm/v8/" + kind.name() + "?fields=Owner," + kind.word();
    findings.compareList("list", user, rows, pages(user, path + "&per_page=5"));
    String all = rows.stream().map(row -> "" + row.id).collect(Collectors.joining(","));
    findings.compareList("list ids=", user, rows, ids(user, path + "&ids=" + all));
    String sorted = path + "&sort_by=Modified_Time&sort_order=asc&per_page=4";
    findings.compareList("list sort_by", user, rows, pages(user, sorted));
    long view =
        made.org.metadata().get(kind.name()).customViews().stream()
            .filter(one -> one.definition().path("name").asString("").startsWith("All "))
            .findFirst()
            .orElseThrow()
            .id();
    findings.compareList("list cvid", user, rows, ids(user, path + "&cvid=" + view));
    coql(user, kind, rows);
    long open = rows.stream().filter(row -> model.may(user, row, Action.READ)).count();
    Answer count = made.as(user).get("/crm/v8/" + kind.name() + "/actions/count");
    counted("count", user, open, count, kind);
    for (String word : List.of("High", "Low")) {
      if (model.field(user, kind.name(), kind.word()).equals("hidden")) {
        continue;
      }
      long among =
          rows.stream()
              .filter(row -> row.word.equals(word) && model.may(user, row, Action.READ))
              .count();
      String criteria = Api.encode("(" + kind.word() + ":equals:" + word + ")");
      Answer answer =
          made.as(user).get("/crm/v8/" + kind.name() + "/actions/count?criteria=" + criteria);
      counted("count criteria", user, among, answer, kind);
    }
  }

  private void coql(long user, Kind kind, List<Row> rows) {
    Answer all = query(user, "select id from " + kind.name() + " where id is not null limit 200");
    List<String> ids = all.status() == 200 ? all.ids() : List.of();
    findings.compareList("coql", user, rows, ids);
    String word = "select id from " + kind.name() + " where " + kind.word() + " = 'High' limit 200";
    Answer high = query(user, word);
    if (model.field(user, kind.name(), kind.word()).equals("hidden")) {
      findings.expect("coql hidden", user, "an error: " + high, high.status() >= 400);
      return;
    }
    List<Row> meant = rows.stream().filter(row -> row.word.equals("High")).toList();
    List<String> found = high.status() == 200 ? high.ids() : List.of();
    findings.compareList("coql where", user, meant, found);
  }

  private Answer query(long user, String query) {
    return made.as(user).post("/crm/v8/coql", "{\"select_query\":\"" + query + "\"}");
  }

  private void counted(String path, long user, long expected, Answer answer, Kind kind) {
    boolean right =
        model.hasModule(user, kind.name(), Action.READ)
            ? answer.at("/count").asLong(-1) == expected
            : isRefused(answer);
    findings.expect(path, user, expected + " of " + kind.name() + ": " + answer, right);
  }

  private void searches(long user, Kind kind) {
    List<Row> rows = model.of(kind.name());
    String path = "/crm/v8/" + kind.name() + "/search?fields=Owner&per_page=200&";
    findings.compareList("search word", user, rows, ids(user, path + "word=Zebra"));
    String name = Api.encode("(" + kind.label() + ":starts_with:Zebra)");
    findings.compareList("search criteria", user, rows, ids(user, path + "criteria=" + name));
    if (List.of("Leads", "Contacts", "Gadgets").contains(kind.name())) {
      String email = path + "email=zebra@example.com";
      findings.compareList("search email", user, rows, ids(user, email));
    }
    String secret = Api.encode("(" + kind.word() + ":equals:High)");
    Answer answer = made.as(user).get(path + "criteria=" + secret);
    boolean hidden = model.field(user, kind.name(), kind.word()).equals("hidden");
    if (hidden && model.hasModule(user, kind.name(), Action.READ)) {
      findings.expect("search hidden", user, "an error: " + answer, answer.status() == 400);
    }
  }

  private void related(long user, Row row) {
    boolean open = model.may(user, row, Action.READ);
    LISTS
        .getOrDefault(row.module, Map.of())
        .forEach(
            (list, module) -> {
              String path = "/crm/v8/" + row.module + "/" + row.id + "/" + list;
              List<Row> rows =
                  model.of(module).stream()
                      .filter(
                          one ->
                              one.lookups.contains(row.id)
                                  || one.parent != null && one.parent == row.id)
                      .toList();
              List<String> ids = ids(user, path + "?fields=Owner&per_page=200");
              for (Row one : rows) {
                boolean may = open && model.may(user, one, Action.READ);
                boolean shown = ids.contains(Long.toString(one.id));
                findings.compare("related " + list, user, one, may, shown, Action.READ);
                boolean alone =
                    made.as(user).get(path + "/" + one.id + "?fields=Owner").status() == 200;
                findings.compare("related one", user, one, may, alone, Action.READ);
              }
            });
  }

  /** What hangs on a record without being one. */
  private void parts(long user, Row row) {
    Api api = made.as(user);
    String path = "/crm/v8/" + row.module + "/" + row.id;
    boolean timeline = api.get(path + "/__timeline").status() == 200;
    findings.compare("timeline", user, row, Action.READ, timeline);
    for (long attachment : made.attachments.getOrDefault(row.id, List.of())) {
      String files = path + "/Attachments";
      boolean listed = ids(user, files + "?fields=File_Name").contains("" + attachment);
      findings.compare("attachments", user, row, Action.READ, listed);
      boolean loaded = api.download(files + "/" + attachment).statusCode() == 200;
      findings.compare("attachment", user, row, Action.READ, loaded);
    }
    if (made.photos.contains(row.id)) {
      boolean photo = api.download(path + "/photo").statusCode() == 200;
      findings.compare("photo", user, row, Action.READ, photo);
    }
    if (row.module.equals("Leads")) {
      int status = api.get(path + "/__conversion_options").status();
      findings.compare("options", user, row, Action.READ, status == 200 || status == 204);
    }
    if (LISTS.containsKey(row.module)) {
      Answer counts =
          api.post(
              path + "/actions/get_related_records_count",
              AccessOrg.quoted(
                  "{'get_related_records_count':[{'related_list':{'api_name':'Notes'}}]}"));
      long notes =
          model.of("Notes").stream()
              .filter(
                  note ->
                      Long.valueOf(row.id).equals(note.parent)
                          && model.may(user, note, Action.READ))
              .count();
      boolean right =
          model.may(user, row, Action.READ)
              ? counts.at("/get_related_records_count/0/count").asLong(-1) == notes
              : counts.status() >= 400;
      findings.expect("related count", user, notes + " notes of " + row + ": " + counts, right);
    }
  }

  private List<String> pages(long user, String path) {
    List<String> all = new ArrayList<>();
    String token = "";
    while (true) {
      Answer answer = made.as(user).get(path + token);
      if (answer.status() != 200) {
        return all;
      }
      all.addAll(answer.ids());
      if (!answer.at("/info/more_records").asBoolean()) {
        return all;
      }
      token = "&page_token=" + answer.at("/info/next_page_token").asString();
    }
  }

  private List<String> ids(long user, String path) {
    Answer answer = made.as(user).get(path);
    return answer.status() == 200 ? answer.ids() : List.of();
  }
}
