package io.clientele.records.merge;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.RawRecord;
import io.clientele.records.merge.MergeRequest.Child;
import io.clientele.records.merge.MergeRequest.Chosen;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Which records may be merged, and which of their values may be chosen together. */
final class MergeRules {
  private static final String LOCKED = "Record is not allowed for merging";
  private static final String CLOSED = "Only Open Deals can be merged";
  private static final String TOGETHER =
      "Reporting to and account should belong to the same record";

  private final Metadata metadata;
  private final Module module;

  MergeRules(Metadata metadata, Module module) {
    this.metadata = metadata;
    this.module = module;
  }

  /**
   * @throws ApiError NOT_ALLOWED or INVALID_DATA, at the top about the master, else in the list
   */
  void check(MergeRequest request, RawRecord master, Map<Long, RawRecord> children) {
    refuseMaster(master);
    for (Child child : request.children()) {
      RawRecord record = Objects.requireNonNull(children.get(child.id()));
      refuseChild(child, record);
      if (module.apiName().equals("Deals")
          && !Objects.equals(record.values().get("Pipeline"), master.values().get("Pipeline"))) {
        child
            .find("Stage")
            .ifPresent(
                stage -> {
                  throw MergeReader.notAllowed(
                      stage.path(),
                      "Stage field will be automatically populated based on chosen Pipeline");
                });
      }
    }
    if (module.apiName().equals("Contacts")) {
      checkReportingTo(request);
    }
  }

  private void refuseMaster(RawRecord master) {
    if (isLocked(master)) {
      throw ofMaster(LOCKED).with("resource_path_index", 1);
    }
    if (isClosed(master)) {
      throw ofMaster(CLOSED).with("api_name", "record").with("resource_path_index", 1);
    }
  }

  private static ApiError ofMaster(String message) {
    return ErrorCode.NOT_ALLOWED.error().status(400).message(message);
  }

  private void refuseChild(Child child, RawRecord record) {
    if (isLocked(record)) {
      throw ofMaster(LOCKED).at("id", child.path() + ".id");
    }
    if (isClosed(record)) {
      throw ofMaster(CLOSED).at("id", child.path() + ".id");
    }
  }

  /** A lead that was converted is what it was for good. */
  private static boolean isLocked(RawRecord record) {
    return Boolean.TRUE.equals(record.values().get("Locked__s"))
        || Boolean.TRUE.equals(record.values().get("Converted__s"));
  }

  private boolean isClosed(RawRecord record) {
    Object stage = record.values().get("Stage");
    if (!module.apiName().equals("Deals") || stage == null) {
      return false;
    }
    for (JsonNode value :
        module.field("Stage").orElseThrow().definition().path("pick_list_values")) {
      if (value.path("actual_value").asString("").equals(stage)) {
        return !value.path("forecast_type").asString("Open").equals("Open");
      }
    }
    return false;
  }

  private static void checkReportingTo(MergeRequest request) {
    for (Child child : request.children()) {
      child
          .find("Reporting_To")
          .filter(reporting -> !child.has("Account_Name"))
          .ifPresent(reporting -> refuse(reporting));
      boolean ofMaster =
          request.masterFields().stream().anyMatch(one -> one.apiName().equals("Reporting_To"));
      child.find("Account_Name").filter(account -> ofMaster).ifPresent(account -> refuse(account));
    }
  }

  private static void refuse(Chosen field) {
    throw ErrorCode.INVALID_DATA.error().at("api_name", field.path()).message(TOGETHER);
  }
}
