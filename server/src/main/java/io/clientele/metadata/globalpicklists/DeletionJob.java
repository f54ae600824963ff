package io.clientele.metadata.globalpicklists;

import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobHandler;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.GlobalPickList.Use;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Setting;
import io.clientele.org.Org;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes a global pick list; the fields that had its values keep them as their own. */
public final class DeletionJob implements JobHandler {
  public static final String KIND = "delete_global_picklist";

  private final MetadataChanges changes;

  public DeletionJob(MetadataChanges changes) {
    this.changes = changes;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    int fields =
        changes.change(
            org.id(),
            job.createdBy(),
            change ->
                GlobalPickList.find(change.metadata(), job.body().path("global_picklist").asLong())
                    .map(list -> delete(change, list))
                    .orElse(0));
    return Json.MAPPER.createObjectNode().put("fields", fields);
  }

  private static int delete(MetadataChange change, GlobalPickList list) {
    var uses = list.uses(change.metadata());
    var metadata = change.metadata();
    for (Use use : uses) {
      for (Setting setting : metadata.settings("field", use.module().id())) {
        if (setting.id() == use.field().id()) {
          ObjectNode body = setting.copy();
          body.remove(GlobalPickList.NOUN);
          body.putArray(Options.KEY).addAll(list.values());
          change.update(setting, body);
        }
      }
    }
    change.delete(list.setting());
    return uses.size();
  }
}
