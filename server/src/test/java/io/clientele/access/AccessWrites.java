package io.clientele.access;

import static io.clientele.access.AccessOrg.quoted;

import io.clientele.access.AccessModel.Row;
import io.clientele.access.AccessOrg.Kind;
import io.clientele.http.Json;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tries every path that writes, as each user, and looks as the administrator what came of it. */
final class AccessWrites {
  private final AccessOrg made;
  private final AccessModel model;
  private final Findings findings;
  private final Api admin;
  private int round;

  AccessWrites(AccessOrg made, Findings findings) {
    this.made = made;
    this.model = made.model;
    this.findings = findings;
    this.admin = made.org.api();
  }

  /** Changes that leave the records as they were, but for some texts. */
  void ask(long user) {
    round++;
    for (Kind kind : AccessOrg.KINDS) {
      update(user, kind);
      massUpdate(user, kind);
      tags(user, kind);
      for (int i = 0; i < 2; i++) {
        Row row = made.pick(model.of(kind.name()));
        one(user, row);
        if (!model.may(user, row, Action.READ)) {
          unseen(user, row);
        }
        if (!model.may(user, row, Action.UPDATE)) {
          unchangeable(user, row);
        }
      }
    }
    notes(user);
    lookups(user);
  }

  private void update(long user, Kind kind) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ArrayNode data = body.putArray("data");
    List<Row> rows = model.of(kind.name());
    for (Row row : rows) {
      ObjectNode change = data.addObject().put("id", Long.toString(row.id));
      row.values.keySet().forEach(field -> change.put(field, "round " + round));
    }
    Answer answer = made.as(user).put("/crm/v8/" + kind.name(), body.toString());
    Map<Long, JsonNode> stored = stored(kind);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      boolean saved = answer.at("/data/" + i + "/code").asString("").equals("SUCCESS");
      findings.compare("update", user, row, Action.UPDATE, saved);
      kept(user, row, Objects.requireNonNull(stored.get(row.id)), saved);
    }
  }

  private Map<Long, JsonNode> stored(Kind kind) {
    String fields = String.join(",", model.of(kind.name()).getFirst().values.keySet());
    return admin
        .get("/crm/v8/" + kind.name() + "?per_page=200&fields=" + fields)
        .at("/data")
        .valueStream()
        .collect(Collectors.toMap(row -> row.path("id").asLong(), row -> row));
  }

  private void kept(long user, Row row, JsonNode stored, boolean saved) {
    row.values.replaceAll(
        (field, old) -> {
          boolean writes = saved && model.field(user, row.module, field).equals("read_write");
          String expected = writes ? "round " + round : old;
          String now = stored.path(field).asString("");
          findings.expect("update field", user, field + " " + expected, now.equals(expected));
          return now;
        });
  }

  private void massUpdate(long user, Kind kind) {
    List<Row> rows = model.of(kind.name());
    if (kind.restricted().isEmpty() || kind.name().equals("Gadgets")) {
      return;
    }
    String field = kind.restricted().getFirst();
    String value = "mass " + round;
    Answer answer =
        made.as(user)
            .post(
                "/crm/v8/" + kind.name() + "/actions/mass_update",
                quoted("{'data':[{'" + field + "':'" + value + "'}],'ids':") + ids(rows) + "}");
    boolean writes = model.field(user, kind.name(), field).equals("read_write");
    Map<Long, JsonNode> stored = stored(kind);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      boolean may = writes && model.may(user, row, Action.UPDATE);
      boolean saved = answer.at("/data/" + i + "/code").asString("").equals("SUCCESS");
      findings.compare("mass update", user, row, may, saved, Action.UPDATE);
      String now = Objects.requireNonNull(stored.get(row.id)).path(field).asString("");
      findings.compare("mass updated", user, row, may, now.equals(value), Action.UPDATE);
      row.values.put(field, now);
    }
  }

  private static String ids(List<Row> rows) {
    return rows.stream()
        .map(row -> "\"" + row.id + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private void tags(long user, Kind kind) {
    List<Row> rows = model.of(kind.name());
    Answer answer =
        made.as(user)
            .post(
                "/crm/v8/" + kind.name() + "/actions/add_tags",
                "{\"tags\":[{\"name\":\"t\"}],\"ids\":" + ids(rows) + "}");
    for (int i = 0; i < rows.size(); i++) {
      boolean saved = answer.at("/data/" + i + "/code").asString("").equals("SUCCESS");
      findings.compare("add tags", user, rows.get(i), Action.UPDATE, saved);
    }
  }

  private void one(long user, Row row) {
    String path = "/crm/v8/" + row.module + "/" + row.id;
    Answer put = made.as(user).put(path, quoted("{'data':[{'Description':'one'}]}"));
    findings.compare("update one", user, row, Action.UPDATE, put.status() == 200);
    if (put.status() == 200) {
      row.values.put("Description", "one");
    }
    if (!row.module.equals("Gadgets")) {
      String body = "{\"owner\":{\"id\":\"" + row.owner + "\"}}";
      Answer owner = made.as(user).post(path + "/actions/change_owner", body);
      boolean done = owner.status() == 200 && owner.text().contains("SUCCESS");
      boolean may =
          model.may(user, row, Action.UPDATE)
              && model.hasModule(row.owner, row.module, Action.READ);
      findings.compare("change owner", user, row, may, done, Action.UPDATE);
    }
  }

  private void unseen(long user, Row row) {
    String path = "/crm/v8/" + row.module + "/" + row.id;
    refused("clone", user, row, made.as(user).post(path + "/actions/clone", ""));
    String note = quoted("{'data':[{'Note_Content':'mine'}]}");
    if (!row.module.equals("Tasks")) {
      refused("add note", user, row, made.as(user).post(path + "/Notes", note));
    }
    String body = quoted("{'data':[{'id':'" + row.id + "','Description':'x'}]}");
    refused("upsert", user, row, made.as(user).post("/crm/v8/" + row.module + "/upsert", body));
  }

  private void unchangeable(long user, Row row) {
    Api api = made.as(user);
    String path = "/crm/v8/" + row.module + "/" + row.id;
    refused("delete one unchangeable", user, row, deletable(user, row) ? null : api.delete(path));
    refused("attach", user, row, api.upload(path + "/Attachments", Form.file("b.txt", "b")));
    if (made.photos.contains(row.id)) {
      Form photo = Form.file("p.png", TestImages.of("png", 1, 1));
      refused("photo upload", user, row, api.upload(path + "/photo", photo));
      refused("photo delete", user, row, api.delete(path + "/photo"));
    }
    if (row.module.equals("Accounts")) {
      Row other = model.of("Accounts").stream().filter(one -> one != row).findFirst().orElseThrow();
      for (List<Row> pair : List.of(List.of(row, other), List.of(other, row))) {
        String body =
            "{\"merge\":[{\"data\":[{\"id\":\"" + pair.get(1).id + "\",\"_fields\":[]}]}]}";
        refused(
            "merge",
            user,
            row,
            api.post("/crm/v8/Accounts/" + pair.get(0).id + "/actions/merge", body));
      }
    }
    for (long id : made.attachments.getOrDefault(row.id, List.of())) {
      refused("attachment delete", user, row, api.delete(path + "/Attachments/" + id));
    }
  }

  private boolean deletable(long user, Row row) {
    return model.may(user, row, Action.DELETE);
  }

  private void refused(String path, long user, Row row, @Nullable Answer answer) {
    if (answer != null) {
      boolean done = answer.status() < 300 && answer.text().contains("SUCCESS");
      boolean clean = answer.status() == 400 || answer.status() == 403 || answer.status() == 202;
      findings.expect(path, user, "refused for " + row + ": " + answer, !done && clean);
    }
  }

  private void notes(long user) {
    for (Row note : model.of("Notes")) {
      Answer put =
          made.as(user)
              .put("/crm/v8/Notes/" + note.id, quoted("{'data':[{'Note_Content':'changed'}]}"));
      findings.compare("update note", user, note, Action.UPDATE, put.status() == 200);
    }
  }

  /** A record that one may change cannot be made to name one that one may not see. */
  private void lookups(long user) {
    List<Row> hidden =
        model.of("Accounts").stream().filter(one -> !model.may(user, one, Action.READ)).toList();
    List<Row> mine =
        model.of("Contacts").stream()
            .filter(one -> model.may(user, one, Action.UPDATE))
            .limit(2)
            .toList();
    for (Row contact : mine) {
      for (Row account : hidden.subList(0, Math.min(3, hidden.size()))) {
        String body = quoted("{'data':[{'Account_Name':{'id':'" + account.id + "'}}]}");
        Answer answer = made.as(user).put("/crm/v8/Contacts/" + contact.id, body);
        findings.expect("lookup", user, "refused: " + answer, answer.status() == 400);
      }
    }
  }

  /** All that the user may not delete stays; of the rest, one of each module goes. */
  void delete(long user) {
    for (Kind kind : AccessOrg.KINDS.reversed()) {
      List<Row> stays =
          model.of(kind.name()).stream().filter(row -> !deletable(user, row)).toList();
      List<Row> asked = new ArrayList<>(stays);
      model.of(kind.name()).stream()
          .filter(row -> deletable(user, row))
          .limit(model.of(kind.name()).size() > 4 ? 1 : 0)
          .forEach(asked::add);
      if (asked.isEmpty()) {
        continue;
      }
      if (!kind.name().equals("Gadgets") && !stays.isEmpty()) {
        Answer mass =
            made.as(user)
                .post(
                    "/crm/v8/" + kind.name() + "/actions/mass_delete",
                    "{\"ids\":" + ids(stays) + "}");
        findings.expect("mass delete", user, "refused: " + mass, !mass.text().contains("SUCCESS"));
      }
      deleteMany(user, kind, asked);
    }
  }

  private void deleteMany(long user, Kind kind, List<Row> asked) {
    String list = asked.stream().map(row -> "" + row.id).collect(Collectors.joining(","));
    Answer answer = made.as(user).delete("/crm/v8/" + kind.name() + "?ids=" + list);
    List<Row> gone = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      boolean deleted = answer.at("/data/" + i + "/code").asString("").equals("SUCCESS");
      findings.compare("delete", user, asked.get(i), Action.DELETE, deleted);
      if (deleted) {
        gone.add(asked.get(i));
      }
    }
    deletedLists(user, kind, gone);
    for (Row row : gone) {
      model.delete(row.id);
    }
    List<String> left = admin.get("/crm/v8/" + kind.name() + "?fields=Owner&per_page=200").ids();
    findings.expect(
        "delete", user, "what it said for " + kind, left.size() == model.of(kind.name()).size());
  }

  /** What was deleted is told to those who could read it, and to who deleted it. */
  private void deletedLists(long user, Kind kind, List<Row> gone) {
    for (Row row : gone) {
      for (long other : model.users.keySet()) {
        List<String> ids = deleted(other, kind);
        boolean may =
            model.may(other, row, Action.READ)
                || other == user && model.hasModule(other, kind.name(), Action.READ);
        boolean told = ids.contains(Long.toString(row.id));
        findings.compare("deleted list", other, row, may, told, Action.READ);
      }
    }
  }

  private List<String> deleted(long user, Kind kind) {
    Answer answer = made.as(user).get("/crm/v8/" + kind.name() + "/deleted?type=all&per_page=200");
    return answer.status() == 200 ? answer.ids() : List.of();
  }
}
