package io.clientele.records.mass;

import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import tools.jackson.databind.JsonNode;

/** An org for tests of mass actions, with short words for what they need. */
final class MassOrg {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  TestOrg org() {
    return org;
  }

  Api api() {
    return api;
  }

  /** A lead with these keys beside its name. */
  String lead(String keys) {
    String more = keys.isEmpty() ? "" : "," + keys;
    return api.post("/crm/v8/Leads", json("'data':[{'Last_Name':'L'" + more + "}]"))
        .hasStatus(201)
        .savedId(0);
  }

  JsonNode record(String lead) {
    return api.get("/crm/v8/Leads/" + lead).at("/data/0");
  }

  String value(String lead, String field) {
    return record(lead).path(field).asString("");
  }

  /** A view of the leads in a city. */
  String cityView(String city) {
    return api.post(
            "/crm/v8/settings/custom_views?module=Leads",
            json(
                "'custom_views':[{'name':'In "
                    + city
                    + "','access_type':'public','fields':[{'api_name':'Last_Name'}],'criteria':{'comparator':'equal',"
                    + "'field':{'api_name':'City'},'value':'"
                    + city
                    + "'}}]"))
        .hasStatus(201)
        .at("/custom_views/0/details/id")
        .asString();
  }

  /** Leads can be locked; {@code more} keys of the configuration. */
  void lockLeads(String more) {
    api.post(
            "/crm/v8/settings/record_locking_configurations?module=Leads",
            json("'record_locking_configurations':[{'lock_type':'manual'" + more + "}]"))
        .hasStatus(201);
  }

  void lock(String lead) {
    api.post(
            "/crm/v8/Leads/" + lead + "/Locking_Information__s",
            json("'data':[{'Locked_Reason__s':'r'}]"))
        .hasStatus(201);
  }

  void runJobs() {
    org.server().installation().jobs().runDue(org.orgId());
  }

  static String json(String keys) {
    return ("{" + keys + "}").replace('\'', '"');
  }
}
