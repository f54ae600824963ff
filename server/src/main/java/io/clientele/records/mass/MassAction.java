package io.clientele.records.mass;

import io.clientele.metadata.Module;
import io.clientele.records.Outcome;
import io.clientele.records.RecordChange;
import io.clientele.records.Source;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is done with many records. */
public enum MassAction {
  UPDATE("mass_update", Source.MASS_UPDATE, "Mass_Update") {
    @Override
    List<Outcome> run(RecordChange change, Module module, JsonNode body, List<Long> ids) {
      return change.update(
          module, (ObjectNode) body.path("row"), body.path("over_write").asBoolean(), ids);
    }
  },
  DELETE("mass_delete", Source.MASS_DELETE_VIA_CRM_API, "Mass_Delete") {
    @Override
    List<Outcome> run(RecordChange change, Module module, JsonNode body, List<Long> ids) {
      return change.delete(module, ids);
    }
  },
  CHANGE_OWNER("mass_change_owner", Source.CHANGE_OWNER, "Mass_Transfer") {
    @Override
    List<Outcome> run(RecordChange change, Module module, JsonNode body, List<Long> ids) {
      return change.changeOwner(module, ids, body.path("owner").asLong());
    }
  };

  private final String word;
  private final Source source;
  private final String permission;

  MassAction(String word, Source source, String permission) {
    this.word = word;
    this.source = source;
    this.permission = permission;
  }

  /** The word in the path, which is also the kind of its jobs. */
  public String word() {
    return word;
  }

  Source source() {
    return source;
  }

  /** The word of the permission, in front of the module's name. */
  String permission() {
    return permission;
  }

  /**
   * Does it with some records; one outcome for each.
   *
   * @param body the job's
   */
  abstract List<Outcome> run(RecordChange change, Module module, JsonNode body, List<Long> ids);
}
