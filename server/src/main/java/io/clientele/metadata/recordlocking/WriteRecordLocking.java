package io.clientele.metadata.recordlocking;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import tools.jackson.databind.node.ObjectNode;

/** Add, Update and Delete Record Locking Configuration. */
public final class WriteRecordLocking {
  private final MetadataChange change;
  private final Module module;

  public WriteRecordLocking(MetadataChange change, Module module) {
    this.change = change;
    this.module = module;
  }

  /** Adds the module's only configuration; that there is none yet asks {@link #requireNone}. */
  public Done create(Item item) {
    item.require("lock_type");
    ObjectNode defaults =
        Json.MAPPER
            .createObjectNode()
            .put("locked_for", "all_profiles")
            .put("lock_for_portal_users", true);
    defaults.putArray("restricted_actions").add("update");
    long id = change.nextId();
    ObjectNode body = new LockingBody(change, module, item, defaults).read();
    change.insert(id, RecordLocking.NOUN, module.id(), "record_locking", body);
    return Done.of("record locking configuration created successfully", id);
  }

  /** Changes what the item names; a rule without id is new. */
  public Done update(Setting setting, Item item) {
    ObjectNode body = new LockingBody(change, module, item, (ObjectNode) setting.body()).read();
    change.update(setting, body);
    return Done.of("record locking configuration updated successfully", setting.id());
  }

  public Done delete(Setting setting) {
    change.delete(setting);
    return Done.of("record locking configuration deleted", setting.id());
  }

  /**
   * @throws ApiError LIMIT_EXCEEDED when the module has a configuration already
   */
  public void requireNone() {
    if (RecordLocking.setting(change.metadata(), module).isPresent()) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("param_name", "module")
          .with("limit", 1)
          .message("Configuration already created for this module");
    }
  }

  /**
   * @throws ApiError NOT_ALLOWED when the system made the configuration
   */
  static void requireOwn(Setting setting, String verb) {
    if (setting.body().path("system_defined").asBoolean(false)) {
      throw ErrorCode.NOT_ALLOWED
          .with("resource_path_index", 1)
          .status(400)
          .message("Configuration created by system cannot be " + verb);
    }
  }
}
