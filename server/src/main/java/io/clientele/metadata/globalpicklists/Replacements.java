package io.clientele.metadata.globalpicklists;

import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.GlobalPickList.Use;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import io.clientele.org.Org;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values of global pick lists that give way to others wherever they are used. */
final class Replacements {
  private Replacements() {}

  /** Lets a job give records {@code now} for {@code before}; answers its id. */
  static long schedule(
      MetadataChange change,
      JobQueue jobs,
      GlobalPickList list,
      JsonNode value,
      String before,
      String now) {
    for (Use use : list.uses(change.metadata())) {
      replaceDefault(change, use, before, now);
    }
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("global_picklist", list.id())
        .put("display_value", value.path("display_value").asString(before))
        .put("actual_value", before)
        .put("reference_value", value.path("reference_value").asString(before))
        .put("new_value", now);
    return jobs.schedule(change.tx(), change.org(), ReplacementJob.KIND, body, change.userId());
  }

  private static void replaceDefault(MetadataChange change, Use use, String before, String now) {
    if (!use.field().definition().path("default_value").asString("").equals(before)) {
      return;
    }
    for (Setting setting : change.metadata().settings("field", use.module().id())) {
      if (setting.id() == use.field().id()) {
        ObjectNode body = setting.copy();
        change.update(setting, body.put("default_value", now));
      }
    }
  }

  /** What is being replaced in a list now. */
  static List<JsonNode> open(Transaction tx, Org org, GlobalPickList list) {
    return Jobs.open(tx, org, ReplacementJob.KIND).stream()
        .map(Job::body)
        .filter(body -> body.path("global_picklist").asLong() == list.id())
        .toList();
  }

  /** The display values that are being replaced in a list now. */
  static Set<String> openValues(Transaction tx, Org org, GlobalPickList list) {
    return open(tx, org, list).stream()
        .map(body -> body.path("display_value").asString())
        .collect(Collectors.toSet());
  }
}
