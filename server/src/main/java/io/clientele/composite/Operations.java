package io.clientele.composite;

import io.clientele.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that may be sub-requests, and about how many records each. */
final class Operations {
  /** Of how many records a sub-request may be. */
  enum Extent {
    ANY,
    /** It changes one. */
    ONE,
    /** It lists at most twenty-five. */
    FEW
  }

  private static final String VERSION = "/crm/{version}";
  private static final Map<String, Extent> ALL = new LinkedHashMap<>();

  static {
    allow(
        Extent.ANY,
        "GET /org",
        "GET /settings/modules",
        "GET /settings/modules/{module}",
        "GET /settings/fields",
        "GET /settings/fields/{field}",
        "GET /settings/layouts",
        "GET /settings/layouts/{layout}",
        "GET /settings/related_lists",
        "GET /settings/related_lists/{list}",
        "GET /settings/custom_views",
        "GET /settings/custom_views/{view}",
        "GET /settings/layout_rules",
        "GET /settings/validation_rules",
        "GET /settings/custom_links",
        "GET /settings/roles",
        "GET /settings/roles/{role}",
        "POST /settings/roles",
        "PUT /settings/roles",
        "PUT /settings/roles/{role}",
        "GET /settings/profiles",
        "GET /settings/profiles/{profile}",
        "GET /settings/variables",
        "GET /settings/variables/{variable}",
        "GET /settings/variable_groups",
        "GET /settings/variable_groups/{group}",
        "GET /settings/tags",
        "GET /settings/tags/{tag}/actions/records_count",
        "GET /settings/pipeline",
        "GET /settings/pipeline/{pipeline}",
        "POST /settings/pipeline",
        "PUT /settings/pipeline",
        "PATCH /settings/pipeline",
        "PUT /settings/pipeline/{pipeline}",
        "PATCH /settings/pipeline/{pipeline}",
        "GET /settings/wizards",
        "GET /settings/wizards/{wizard}",
        "GET /settings/assignment_rules",
        "GET /settings/assignment_rules/{rule}",
        "GET /settings/emails/actions/from_addresses",
        "GET /org/currencies",
        "GET /org/currencies/{currency}",
        "GET /users/{user}",
        "GET /{module}/{id}",
        "GET /{module}/actions/count",
        "GET /{module}/{id}/actions/share",
        "GET /{module}/{id}/actions/blueprint",
        "PUT /{module}/{id}/actions/blueprint",
        "POST /{module}/{id}/actions/add_tags",
        "POST /{module}/{id}/actions/remove_tags",
        "POST /Leads/{id}/actions/convert",
        "GET /{module}/{id}/Attachments",
        "DELETE /{module}/{id}/photo",
        "DELETE /actions/watch");
    allow(
        Extent.ONE,
        "POST /users",
        "PUT /users",
        "PUT /users/{user}",
        "DELETE /users/{user}",
        "PUT /{module}/{id}/{related_list}",
        "PUT /{module}/{id}/{related_list}/{related_id}",
        "DELETE /{module}/{id}/{related_list}/{related_id}",
        "POST /settings/variables",
        "DELETE /settings/variables/{variable}",
        "POST /{module}/{id}/Notes",
        "POST /settings/tags",
        "PUT /settings/tags",
        "PUT /settings/tags/{tag}",
        "POST /settings/tags/{tag}/actions/merge",
        "POST /org/currencies",
        "PUT /org/currencies",
        "PUT /org/currencies/{currency}",
        "POST /actions/watch",
        "PUT /actions/watch",
        "PATCH /actions/watch",
        "POST /{module}",
        "PUT /{module}",
        "PUT /{module}/{id}",
        "POST /{module}/upsert",
        "DELETE /{module}/{id}");
    allow(
        Extent.FEW,
        "GET /settings/territories",
        "GET /settings/email_templates",
        "GET /settings/inventory_templates",
        "GET /actions/watch",
        "GET /{module}",
        "GET /{module}/search",
        "GET /{module}/{id}/{related_list}",
        "GET /{module}/deleted",
        "GET /users",
        "POST /coql");
  }

  private Operations() {}

  private static void allow(Extent extent, String... operations) {
    for (String operation : operations) {
      ALL.put(operation.replaceAll("\\{(?!module})\\w+}", "{}"), extent);
    }
  }

  /**
   * Of how many records the operation of a route may be.
   *
   * @param path with its version
   */
  static Optional<Extent> extent(String method, String path) {
    if (!path.startsWith(VERSION)) {
      return Optional.empty();
    }
    String key = method + " " + path.substring(VERSION.length());
    return Optional.ofNullable(ALL.get(key.replaceAll("\\{(?!module})\\w+}", "{}")));
  }

  /** What a client may do instead. */
  static io.clientele.error.ApiError refusal() {
    List<String> services = ALL.keySet().stream().limit(50).toList();
    return ErrorCode.NOT_SUPPORTED
        .with("allowed_services", services)
        .message("this API is not supported in a composite request");
  }
}
