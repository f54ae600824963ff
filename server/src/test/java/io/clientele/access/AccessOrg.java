package io.clientele.access;

import static io.clientele.db.Sql.sql;

import io.clientele.access.AccessModel.Area;
import io.clientele.access.AccessModel.Group;
import io.clientele.access.AccessModel.Part;
import io.clientele.access.AccessModel.Profile;
import io.clientele.access.AccessModel.Role;
import io.clientele.access.AccessModel.Row;
import io.clientele.access.AccessModel.Rule;
import io.clientele.access.AccessModel.Share;
import io.clientele.access.AccessModel.User;
import io.clientele.db.Sql;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Settings;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestImages;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An org made up from a seed, on the server and in an {@link AccessModel} alike. */
final class AccessOrg {
  /** What the matrix asks about each module. */
  record Kind(
      String name, String label, String word, List<String> restricted, boolean territories) {}

  static final List<Kind> KINDS =
      List.of(
          new Kind(
              "Accounts",
              "Account_Name",
              "Billing_City",
              List.of("Account_Site", "Ticker_Symbol"),
              true),
          new Kind("Leads", "Last_Name", "City", List.of("Company", "Designation"), true),
          new Kind("Contacts", "Last_Name", "Mailing_City", List.of("Title", "Department"), true),
          new Kind("Deals", "Deal_Name", "Next_Step", List.of(), true),
          new Kind("Tasks", "Subject", "Priority", List.of(), false),
          new Kind("Quotes", "Subject", "Team", List.of("Billing_City"), false),
          new Kind("Gadgets", "Name", "Remark", List.of("Comment_1"), false));

  private static final List<String> WORDS = List.of("High", "Low", "Normal");
  private static final List<String> TYPES =
      List.of("private", "private", "private", "public_read_only", "public_read_write", "public");
  private static final int USERS = 12;

  /** So many that some of the others see the records of few users, and some of many. */
  private static final int IDLE = 80;

  final TestOrg org = TestOrg.create();
  final AccessModel model = new AccessModel();
  final Map<Long, List<Long>> attachments = new TreeMap<>();
  final Set<Long> photos = new HashSet<>();
  final boolean territories;
  private final Map<Long, Api> clients = new HashMap<>();
  private final Random random;
  private final Api admin = org.api();

  AccessOrg(long seed) {
    random = new Random(seed);
    territories = hasTerritories();
    profiles();
    gadgets();
    roles();
    users();
    groups();
    fields();
    sharing();
    records();
    shares();
    org.server().installation().jobs().runDue(org.orgId());
    org.server().installation().metadata().changed(org.orgId());
  }

  Api as(long user) {
    return clients.computeIfAbsent(user, id -> org.api(id, TestOrg.ALL_SCOPES));
  }

  private boolean hasTerritories() {
    return territoryField("Leads") != null;
  }

  private @Nullable Field territoryField(String module) {
    return org.metadata().get(module).fields().stream()
        .filter(field -> field.dataType().equals("territories"))
        .filter(field -> field.stored().filter(one -> one.sqlType().equals("bigint[]")).isPresent())
        .findFirst()
        .orElse(null);
  }

  private void profiles() {
    var standard =
        org.metadata().settings("profile").stream()
            .filter(one -> one.apiName().equals("Standard"))
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 3; i++) {
      var refused = new TreeMap<String, Set<Action>>();
      KINDS.forEach(kind -> refused.put(kind.name(), refusal()));
      refused.put("Gadgets", EnumSet.noneOf(Action.class));
      refused.put("Notes", i == 2 ? EnumSet.of(Action.DELETE) : EnumSet.noneOf(Action.class));
      ObjectNode body = (ObjectNode) standard.body().deepCopy();
      String name = "Matrix " + i;
      body.put("name", name).put("display_label", name).put("api_name", name);
      for (JsonNode detail : body.path("permissions_details")) {
        ((ObjectNode) detail).put("enabled", isEnabled(detail.path("name").asString(), refused));
      }
      long id = setting("profile", null, name, body.toString());
      model.profiles.add(new Profile(id, refused, new TreeMap<>()));
    }
  }

  /** Whoever may not view may do nothing; deleting goes first, then changing. */
  private Set<Action> refusal() {
    return switch (random.nextInt(10)) {
      case 0 -> EnumSet.allOf(Action.class);
      case 1, 2 -> EnumSet.complementOf(EnumSet.of(Action.READ));
      case 3 -> EnumSet.of(Action.DELETE);
      default -> EnumSet.noneOf(Action.class);
    };
  }

  private static boolean isEnabled(String permission, Map<String, Set<Action>> refused) {
    return refused.entrySet().stream()
        .noneMatch(
            entry ->
                entry.getValue().stream()
                    .anyMatch(action -> action.permission(entry.getKey()).equals(permission)));
  }

  private void gadgets() {
    String profiles =
        org.metadata().settings("profile").stream()
            .filter(one -> !one.apiName().equals("Matrix 1"))
            .map(one -> "{'id':'" + one.id() + "'}")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    admin
        .post(
            "/crm/v8/settings/modules",
            quoted(
                "{'modules':[{'singular_label':'Gadget','plural_label':'Gadgets','profiles':["
                    + profiles
                    + "]}]}"))
        .hasStatus(201);
    model.profiles.get(1).refused().put("Gadgets", EnumSet.allOf(Action.class));
    for (String field :
        List.of(
            "{'field_label':'Remark','data_type':'text'}",
            "{'field_label':'Comment 1','data_type':'text'}",
            "{'field_label':'Description','data_type':'text'}",
            "{'field_label':'Firm','data_type':'lookup','lookup':{'display_label':'Gadgets',"
                + "'module':{'api_name':'Accounts'}}}")) {
      admin
          .post("/crm/v8/settings/fields?module=Gadgets", quoted("{'fields':[" + field + "]}"))
          .hasStatus(201);
    }
  }

  /** Below the two that are there, seven more, down to the fifth level and deeper. */
  private void roles() {
    org.metadata()
        .people()
        .roles()
        .values()
        .forEach(
            role ->
                model.roles.put(
                    role.id(), new Role(role.id(), role.reportsTo(), role.sharesWithPeers())));
    List<Long> chain = new ArrayList<>(model.roles.keySet());
    for (int i = 0; i < 7; i++) {
      long above = i < 3 ? chain.getLast() : chain.get(1 + random.nextInt(chain.size() - 1));
      var role = new Role(nextId(), above, random.nextInt(3) == 0);
      model.roles.put(role.id(), role);
      chain.add(role.id());
      change(
          sql(
              "insert into "
                  + org.org().table("role")
                  + " (id, name, reports_to, share_with_peers) values (?, ?, ?, ?)",
              role.id(),
              "Role " + i,
              above,
              role.peers()));
    }
  }

  private void users() {
    List<Long> roles = List.copyOf(model.roles.keySet());
    long ceo = Objects.requireNonNull(org.metadata().people().users().get(org.adminId())).roleId();
    model.users.put(org.adminId(), new User(org.adminId(), ceo, AccessModel.ADMINISTRATOR));
    for (int i = 0; i < USERS; i++) {
      long role = i == 0 ? ceo : roles.get(1 + random.nextInt(roles.size() - 1));
      int profile = random.nextInt(model.profiles.size());
      long id = TestUsers.standard(org, "matrix" + i + "@example.com");
      model.users.put(id, new User(id, role, profile));
      change(
          sql(
              "update "
                  + org.org().table("crm_user")
                  + " set role_id = ?, profile_id = ? where id = ?",
              role,
              model.profiles.get(profile).id(),
              id));
    }
    TestUsers.crowd(org, IDLE);
  }

  private void groups() {
    var areas = new ArrayList<Long>();
    for (int i = 0; i < 5; i++) {
      var users = new HashSet<>(List.of(user(), user(), user()));
      Long above = i == 0 ? null : areas.get(random.nextInt(areas.size()));
      Long manager = random.nextBoolean() ? users.iterator().next() : null;
      var area = new Area(nextId(), above, manager, random.nextBoolean(), users);
      areas.add(area.id());
      model.territories.put(area.id(), area);
      change(
          sql(
              "insert into "
                  + org.org().table("territory")
                  + " (id, name, reporting_to, manager_id, permission_type)"
                  + " values (?, ?, ?, ?, ?)",
              area.id(),
              "Area " + i,
              above,
              manager,
              area.readOnly() ? "read_only" : "read_write_delete"));
      users.forEach(
          one ->
              change(
                  sql(
                      "insert into " + org.org().table("territory_user") + " values (?, ?)",
                      area.id(),
                      one)));
    }
    for (int i = 0; i < 4; i++) {
      List<Part> parts = new ArrayList<>();
      parts.add(i == 0 ? new Part("users", user(), false) : new Part("roles", role(), i == 1));
      if (i > 1) {
        parts.add(new Part("groups", pick(List.copyOf(model.groups.keySet())), false));
      }
      if (random.nextBoolean()) {
        parts.add(new Part("territories", pick(areas), random.nextBoolean()));
      }
      var group = new Group(nextId(), parts);
      model.groups.put(group.id(), group);
      change(
          sql(
              "insert into " + org.org().table("user_group") + " (id, name) values (?, ?)",
              group.id(),
              "Group " + i));
      parts.forEach(
          part ->
              change(
                  sql(
                      "insert into "
                          + org.org().table("user_group_source")
                          + " values (?, ?, ?, ?)",
                      group.id(),
                      part.type(),
                      part.id(),
                      part.below())));
    }
  }

  private void fields() {
    for (Kind kind : KINDS) {
      List<String> fields = new ArrayList<>(kind.restricted());
      if (!kind.name().equals("Tasks")) {
        fields.add(kind.word());
      }
      for (String field : fields) {
        ObjectNode profiles = Json.MAPPER.createObjectNode();
        for (Profile profile : model.profiles) {
          String permission = pick(List.of("read_write", "read_only", "hidden"));
          profile.fields().put(kind.name() + "." + field, permission);
          profiles.put(Long.toString(profile.id()), permission);
        }
        change(
            sql(
                "update "
                    + org.org().table("setting")
                    + " set body = body || jsonb_build_object('profile_permissions', ?::jsonb)"
                    + " where noun = 'field' and parent_id = ? and api_name = ?",
                profiles.toString(),
                org.metadata().get(kind.name()).id(),
                field));
      }
    }
  }

  private void sharing() {
    for (Kind kind : KINDS) {
      String type = pick(TYPES);
      model.shareTypes.put(kind.name(), type);
      long module = org.metadata().get(kind.name()).id();
      setting("data_sharing", module, "of " + kind.name(), "{\"share_type\":\"" + type + "\"}");
      for (int i = 0; i < 2; i++) {
        Part from = i == 0 ? part() : null;
        String permission = pick(List.of("read_only", "read_write", "read_write_delete"));
        var rule =
            new Rule(kind.name(), from, pick(WORDS), part(), random.nextBoolean(), permission);
        model.rules.add(rule);
        ObjectNode body = body(kind, rule, i);
        if (isOfUsers(rule)) {
          setting("sharing_rule", module, "rule " + i, body.toString());
        } else {
          author(kind, rule, body);
        }
      }
    }
  }

  /** Whether it names users, which the operation does not take but old rules may have. */
  private static boolean isOfUsers(Rule rule) {
    return rule.to().type().equals("users")
        || rule.from() != null && rule.from().type().equals("users");
  }

  private void author(Kind kind, Rule rule, ObjectNode body) {
    body.remove("status");
    body.put("type", rule.from() == null ? "Criteria_Based" : "Record_Owner_Based");
    body.put("permission_type", rule.permission().equals("read_only") ? "read" : rule.permission());
    ObjectNode request = Json.MAPPER.createObjectNode();
    request.putArray("sharing_rules").add(body);
    admin
        .post("/crm/v8/settings/data_sharing/rules?module=" + kind.name(), request.toString())
        .hasStatus(201);
  }

  private static ObjectNode body(Kind kind, Rule rule, int number) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("name", "Rule " + number)
        .put("status", "active")
        .put("permission_type", rule.permission())
        .put("superiors_allowed", rule.superiors());
    source(body.putObject("shared_to"), rule.to());
    if (rule.from() != null) {
      source(body.putObject("shared_from"), rule.from());
    } else {
      ObjectNode criteria = body.putObject("criteria");
      criteria.putObject("field").put("api_name", kind.word());
      criteria.put("comparator", "equal").put("value", rule.word());
    }
    return body;
  }

  private static void source(ObjectNode source, Part part) {
    source.put("type", part.type()).put("subordinates", part.below());
    source.putObject("resource").put("id", Long.toString(part.id()));
  }

  private void records() {
    add("Accounts", 9, row -> {});
    add("Leads", 12, row -> {});
    add("Contacts", 10, row -> lookup(row, "Account_Name", "Accounts"));
    add(
        "Deals",
        10,
        row -> {
          lookup(row, "Account_Name", "Accounts");
          lookup(row, "Contact_Name", "Contacts");
          row.put("Stage", "Qualification");
        });
    add(
        "Tasks",
        10,
        row -> {
          lookup(row, "Who_Id", "Contacts");
          lookup(row, "What_Id", pick(List.of("Accounts", "Deals")));
        });
    String product =
        admin
            .post("/crm/v8/Products", quoted("{'data':[{'Product_Name':'Pump','Unit_Price':5}]}"))
            .savedId(0);
    add(
        "Quotes",
        6,
        row -> {
          lookup(row, "Account_Name", "Accounts");
          row.putArray("Quoted_Items")
              .addObject()
              .put("Quantity", 2)
              .putObject("Product_Name")
              .put("id", product);
        });
    add("Gadgets", 8, row -> lookup(row, "Firm", "Accounts"));
    lines();
    notes();
    files();
    if (territories) {
      assignTerritories();
    }
  }

  @FunctionalInterface
  private interface More {
    void to(ObjectNode row);
  }

  private void add(String module, int count, More more) {
    Kind kind = KINDS.stream().filter(one -> one.name().equals(module)).findFirst().orElseThrow();
    ObjectNode body = Json.MAPPER.createObjectNode();
    ArrayNode data = body.putArray("data");
    for (int i = 0; i < count; i++) {
      ObjectNode row = data.addObject();
      row.put(kind.label(), "Zebra " + module + " " + i).put(kind.word(), pick(WORDS));
      row.put("Description", "first");
      kind.restricted().forEach(field -> row.put(field, "first"));
      if (module.equals("Leads") || module.equals("Contacts") || module.equals("Gadgets")) {
        row.put("Email", "zebra@example.com");
      }
      row.putObject("Owner").put("id", Long.toString(user()));
      more.to(row);
    }
    List<Long> ids = saved(admin.post("/crm/v8/" + module, body.toString()).hasStatus(201).json());
    for (int i = 0; i < count; i++) {
      JsonNode row = data.get(i);
      var made =
          new Row(
              ids.get(i),
              module,
              row.at("/Owner/id").asLong(),
              row.path(kind.word()).asString(),
              null);
      for (String lookup : List.of("Account_Name", "Contact_Name", "Who_Id", "What_Id", "Firm")) {
        if (row.path(lookup).isObject()) {
          made.lookups.add(row.at("/" + lookup + "/id").asLong());
        }
      }
      kind.restricted().forEach(field -> made.values.put(field, "first"));
      made.values.put("Description", "first");
      model.rows.put(made.id, made);
    }
  }

  private static List<Long> saved(JsonNode answer) {
    return answer.path("data").valueStream().map(one -> one.at("/details/id").asLong()).toList();
  }

  /** Two of three look up something. */
  private void lookup(ObjectNode row, String field, String module) {
    if (random.nextInt(3) > 0) {
      ObjectNode value = row.putObject(field);
      value.put("id", Long.toString(pick(model.of(module)).id));
      if (field.equals("What_Id")) {
        row.put("$se_module", module);
      }
    }
  }

  private void lines() {
    for (Row quote : model.of("Quotes")) {
      JsonNode lines = admin.get("/crm/v8/Quotes/" + quote.id).at("/data/0/Quoted_Items");
      for (JsonNode line : lines) {
        long id = line.path("id").asLong();
        model.rows.put(id, new Row(id, "Quoted_Items", quote.owner, "", quote.id));
      }
    }
  }

  private void notes() {
    List<Row> parents =
        model.rows.values().stream()
            .filter(row -> !row.module.equals("Quoted_Items") && !row.module.equals("Tasks"))
            .toList();
    for (int i = 0; i < 16; i++) {
      Row parent = pick(parents);
      long owner = user();
      long id =
          Long.parseLong(
              admin
                  .post(
                      "/crm/v8/" + parent.module + "/" + parent.id + "/Notes",
                      quoted(
                          "{'data':[{'Note_Title':'Zebra','Note_Content':'first','Owner':{'id':'"
                              + owner
                              + "'}}]}"))
                  .hasStatus(201)
                  .savedId(0));
      change(sql("update " + table("Notes") + " set owner = ? where id = ?", owner, id));
      model.rows.put(id, new Row(id, "Notes", owner, "", parent.id));
    }
  }

  private void files() {
    for (Kind kind : KINDS) {
      for (Row row : model.of(kind.name()).subList(0, 3)) {
        String path = "/crm/v8/" + row.module + "/" + row.id;
        String id =
            admin
                .upload(path + "/Attachments", Form.file("a.txt", "content"))
                .hasStatus(200)
                .savedId(0);
        attachments.computeIfAbsent(row.id, key -> new ArrayList<>()).add(Long.parseLong(id));
        if (kind.name().equals("Leads") || kind.name().equals("Contacts")) {
          admin
              .upload(path + "/photo", Form.file("p.png", TestImages.of("png", 2, 2)))
              .hasStatus(200);
          photos.add(row.id);
        }
      }
    }
  }

  private void assignTerritories() {
    for (Kind kind : KINDS) {
      if (kind.territories()) {
        String column =
            Sql.identifier(Objects.requireNonNull(territoryField(kind.name())).column());
        for (Row row : model.of(kind.name())) {
          if (random.nextInt(3) > 0) {
            row.territories.add(pick(List.copyOf(model.territories.keySet())));
            change(
                sql(
                    "update " + table(kind.name()) + " set " + column + " = ? where id = ?",
                    row.territories.toArray(Long[]::new),
                    row.id));
          }
        }
      }
    }
  }

  private void shares() {
    List<Row> shareable =
        model.rows.values().stream()
            .filter(row -> KINDS.stream().anyMatch(kind -> kind.name().equals(row.module)))
            .filter(row -> !row.module.equals("Tasks"))
            .toList();
    var taken = new HashSet<List<Long>>();
    for (int i = 0; i < 30; i++) {
      Part to =
          i == 0
              ? new Part("public", 0, false)
              : switch (random.nextInt(3)) {
                case 0 -> new Part("users", user(), false);
                case 1 -> new Part("roles", role(), false);
                default -> new Part("groups", pick(List.copyOf(model.groups.keySet())), false);
              };
      Row row = pick(shareable);
      String permission = pick(List.of("read_only", "read_write", "full_access"));
      boolean related = random.nextBoolean();
      if (taken.add(List.of(row.id, to.id()))) {
        model.shares.add(new Share(row.id, to, permission, related));
        change(
            sql(
                "insert into "
                    + org.org().table("record_share")
                    + " values (?, ?, ?, ?, ?, ?, ?, now())",
                row.id,
                org.metadata().get(row.module).id(),
                to.type(),
                to.id(),
                permission,
                related,
                org.adminId()));
      }
    }
  }

  <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private long user() {
    return pick(List.copyOf(model.users.keySet()));
  }

  private long role() {
    return pick(List.copyOf(model.roles.keySet()));
  }

  private Part part() {
    return switch (random.nextInt(5)) {
      case 0 -> new Part("users", user(), false);
      case 1, 2 -> new Part("roles", role(), random.nextBoolean());
      default -> new Part("groups", pick(List.copyOf(model.groups.keySet())), false);
    };
  }

  private String table(String module) {
    return org.org().table(org.metadata().get(module).table());
  }

  private long nextId() {
    return org.server()
        .installation()
        .database()
        .write(tx -> Settings.nextIds(tx, org.org(), 1).getFirst());
  }

  private long setting(String noun, @Nullable Long parent, String name, String body) {
    long id = nextId();
    change(
        sql(
            "insert into "
                + org.org().table("setting")
                + " (id, noun, parent_id, api_name, body) values (?, ?, ?, ?, ?::jsonb)",
            id,
            noun,
            parent,
            name,
            body));
    return id;
  }

  private void change(Sql statement) {
    var installation = org.server().installation();
    installation
        .database()
        .change(
            tx -> {
              tx.update(statement);
              Settings.changed(tx, org.org());
            });
    installation.metadata().forget(org.orgId());
  }

  static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
