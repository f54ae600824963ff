package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.configuration.Configuration;
import io.clientele.metadata.Module;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** All that the API shows of an org, by path. */
final class OrgPicture {
  private final TestOrg org;
  private final Api api;
  private final Map<String, String> answers = new TreeMap<>();

  private OrgPicture(TestOrg org) {
    this.org = org;
    this.api = org.api(org.adminId(), TestOrg.ALL_SCOPES);
  }

  static Map<String, String> of(TestOrg org) {
    var picture = new OrgPicture(org);
    for (Module module : org.metadata().modules()) {
      if (module.hasTable() && module.unionOf().isEmpty()) {
        picture.records(module);
      }
    }
    for (String path :
        List.of(
            "settings/recycle_bin",
            "Leads/deleted",
            "users?type=AllUsers",
            "settings/roles",
            "settings/profiles",
            "settings/user_groups",
            "settings/tags?module=Contacts",
            "settings/modules",
            "settings/fields?module=Boats",
            "settings/layouts?module=Boats",
            "settings/data_sharing/rules?module=Leads",
            "settings/record_locking_configurations?module=Leads",
            "Boats/search?word=B0",
            "Leads/search?word=日本")) {
      picture.get(path);
    }
    var installation = org.server().installation();
    picture.answers.put(
        "configuration",
        YAMLMapper.shared()
            .writeValueAsString(
                new Configuration(installation.changes(), installation.jobs())
                    .export(org.metadata())));
    return picture.answers;
  }

  private Answer get(String path) {
    Answer answer = api.get("/crm/v8/" + path);
    answers.put(path, answer.status() + " " + answer.text());
    return answer;
  }

  private void records(Module module) {
    String table = org.org().table(module.table());
    List<Long> ids =
        org.server()
            .installation()
            .database()
            .read(
                tx ->
                    tx.list(
                                sql("select to_regclass(?) is not null", table),
                                row -> row.getBoolean(1))
                            .getFirst()
                        ? tx.list(sql("select id from " + table), row -> row.getLong(1))
                        : List.of());
    for (long id : ids) {
      String path = module.apiName() + "/" + id;
      get(path);
      if (module.apiSupported()) {
        get(path + "/__timeline");
        get(path + "/Notes?fields=Note_Title,Note_Content,Created_Time,Owner,Modified_By");
        get(path + "/actions/share");
        get(path + "/Locking_Information__s");
        download(path + "/photo");
        attachments(path);
      }
    }
  }

  private void attachments(String path) {
    Answer answer = get(path + "/Attachments?fields=File_Name,Size,Created_Time");
    if (answer.status() == 200) {
      for (JsonNode one : answer.at("/data")) {
        download(path + "/Attachments/" + one.path("id").asString());
      }
    }
  }

  private void download(String path) {
    var answer = api.download("/crm/v8/" + path);
    answers.put(path, answer.statusCode() + " " + HexFormat.of().formatHex(answer.body()));
  }
}
