package io.clientele.metadata.fields;

import io.clientele.error.ErrorCode;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.criteria.Criteria;
import tools.jackson.databind.JsonNode;

/** Which records a lookup offers: criteria on the module that it looks up. */
final class LookupFilter {
  private final MetadataChange change;
  private final Module target;

  LookupFilter(MetadataChange change, Module target) {
    this.change = change;
    this.target = target;
  }

  /**
   * @param lookup what a client says of the lookup
   * @throws io.clientele.error.ApiError about the first key that is wrong
   */
  void check(JsonNode lookup, String path) {
    JsonNode details = lookup.path("query_details");
    if (!details.isMissingNode() && !details.isNull()) {
      requireObject(details, "query_details", path + ".query_details");
      String at = path + ".query_details.criteria";
      requireObject(details.path("criteria"), "criteria", at);
      criteria(details.path("criteria"), at);
      if (Criteria.fields(details.path("criteria")).count() > Criteria.MAXIMUM) {
        throw ErrorCode.LIMIT_EXCEEDED.with("limit", Criteria.MAXIMUM).at("criteria", at);
      }
    }
  }

  private void criteria(JsonNode criteria, String path) {
    if (criteria.has("group") || criteria.has("group_operator")) {
      if (!criteria.path("group").isArray()) {
        throw ErrorCode.INVALID_DATA
            .with("expected_data_type", "ArrayList")
            .at("group", path + ".group");
      }
      for (int i = 0; i < criteria.path("group").size(); i++) {
        String at = path + ".group[" + i + "]";
        requireObject(criteria.path("group").get(i), "group", at);
        criteria(criteria.path("group").get(i), at);
      }
    } else if (References.findField(
            change.metadata(), target, Criteria.name(criteria.path("field")))
        .isEmpty()) {
      throw ErrorCode.INVALID_DATA.error().at("api_name", path + ".field.api_name");
    } else if (!criteria.path("comparator").isString()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("comparator", path + ".comparator");
    } else {
      var _ = Criteria.check(change, target, criteria, "criteria", path);
    }
  }

  private static void requireObject(JsonNode value, String name, String path) {
    if (!value.isObject()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(name, path);
    }
  }
}
