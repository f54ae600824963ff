package io.clientele.http;

import java.util.List;

/** Paths and parameters of reading calls. */
final class UrlCases {
  private static final List<String> LIST_PARAMETERS =
      List.of(
          "page",
          "per_page",
          "fields",
          "ids",
          "cvid",
          "page_token",
          "sort_by",
          "sort_order",
          "converted",
          "territory_id",
          "include_child",
          "approved");
  private static final List<String> SETTINGS =
      List.of(
          "settings/modules",
          "settings/fields",
          "settings/layouts",
          "settings/custom_views",
          "settings/related_lists",
          "settings/profiles",
          "settings/roles",
          "users",
          "org",
          "__features",
          "__apis",
          "users/actions/count",
          "__features/user_licenses");
  private static final List<String> SETTING_PARAMETERS =
      List.of(
          "module",
          "page",
          "per_page",
          "type",
          "include",
          "status",
          "ids",
          "feature_name",
          "fields",
          "layout_id",
          "module_name",
          "filters",
          "api_names",
          "email");

  private final String authorization;

  UrlCases(String authorization) {
    this.authorization = authorization;
  }

  WireRequest next(Chance chance) {
    return switch (chance.below(4)) {
      case 0 -> path(chance);
      case 1 -> settings(chance);
      case 2 -> delete(chance);
      default -> list(chance);
    };
  }

  private WireRequest path(Chance chance) {
    var path = new StringBuilder();
    int parts = chance.below(7);
    for (int i = 0; i < parts; i++) {
      path.append(chance.of("/", "/", "/", "//", "/./", "/../"))
          .append(
              chance.of(
                  "crm", "v8", "Leads", "settings", "users", "oauth", "accounts", chance.odd()));
    }
    String method = chance.of("GET", "GET", "POST", "PUT", "PATCH", "DELETE");
    String target = path.isEmpty() ? "/" : path.toString();
    return request("path", method, target.replace(' ', '+'));
  }

  private WireRequest list(Chance chance) {
    String module = chance.of("Leads", "Deals", "Quotes", "Events", "Activities", chance.odd());
    String version = chance.of("v8", "v8", "v2", "v3", "v5", "v9", chance.odd());
    String record = chance.in100(25) ? "/" + chance.odd() : "";
    String target = "/crm/" + version + "/" + module + record + "?";
    if (chance.in100(60)) {
      target += "fields=" + chance.of("Last_Name", "id", "Owner,Tag", chance.odd()) + "&";
    }
    return request("list", "GET", target + query(chance, LIST_PARAMETERS));
  }

  private WireRequest settings(Chance chance) {
    String record = chance.in100(40) ? "/" + chance.odd() : "";
    String module = chance.in100(50) ? "module=Leads&" : "";
    return request(
        "settings",
        "GET",
        "/crm/v8/"
            + chance.of(SETTINGS)
            + record
            + "?"
            + module
            + query(chance, SETTING_PARAMETERS));
  }

  private WireRequest delete(Chance chance) {
    String where =
        chance.in100(40) ? "/" + chance.odd() : "?ids=" + chance.odd() + "," + chance.odd();
    return request("delete", "DELETE", "/crm/v8/" + chance.of("Leads", "Quotes", "Users") + where);
  }

  private static String query(Chance chance, List<String> names) {
    var query = new StringBuilder();
    for (int i = chance.below(4); i >= 0; i--) {
      String name = chance.in100(90) ? chance.of(names) : chance.odd();
      query.append(name).append(chance.of("=", "=", "=", "==", "")).append(chance.odd());
      query.append(chance.of("&", "&", "&", "&&", ";", "?"));
    }
    return query.toString();
  }

  private WireRequest request(String kind, String method, String target) {
    return WireRequest.of(kind, method, target.replace(" ", "%20"), new byte[0], authorization);
  }
}
