package io.clientele.bench;

import io.clientele.bench.Case.Request;
import java.util.List;

/** Queries, beside the SQL that one would write by hand for the same. */
final class QueryCases {
  private final SampleOrg org;

  QueryCases(SampleOrg org) {
    this.org = org;
  }

  List<Case> all() {
    String leads = org.table();
    String users = org.org().table("crm_user");
    return List.of(
        query(
            "coql-filter",
            "select Last_Name, Company, City, Annual_Revenue from Leads"
                + " where No_of_Employees between 70 and 90 and Lead_Source = 'Source 7'"
                + " order by Annual_Revenue desc limit 200",
            "select l.id, l.last_name, l.company, l.city, l.annual_revenue from "
                + leads
                + " l where not l.converted__s and l.no_of_employees between 70 and 90"
                + " and lower(l.lead_source) = lower('Source 7')"
                + " order by l.annual_revenue desc nulls last, l.id desc limit 201"),
        query(
            "coql-join",
            "select Last_Name, Owner.email, Owner.role.name from Leads"
                + " where Owner.last_name = 'Boyle' and City = 'City 77'",
            "select l.id, l.last_name, u.email, r.name from "
                + leads
                + " l join "
                + users
                + " u on u.id = l.owner left join "
                + org.org().table("role")
                + " r on r.id = u.role_id where not l.converted__s"
                + " and lower(u.last_name) = lower('Boyle')"
                + " and l.\"$words\" @@ '''city'' & ''77'''::tsquery"
                + " and lower(l.city) = lower('City 77') order by l.id limit 201"),
        query(
            "coql-join-accounts",
            "select Last_Name, Account_Name.Account_Name, Account_Name.Billing_City from Contacts"
                + " where Account_Name.Industry = 'Industry 7'"
                + " order by Last_Name limit 200",
            "select c.id, c.last_name, a.account_name, a.billing_city from "
                + org.org().table("contacts")
                + " c join "
                + org.org().table("accounts")
                + " a on a.id = c.account_name where lower(a.industry) = lower('Industry 7')"
                + " order by c.last_name nulls last, c.id limit 201"),
        query(
            "coql-group",
            "select Lead_Source, COUNT(id), SUM(Annual_Revenue) from Leads"
                + " where No_of_Employees > 100 group by Lead_Source",
            "select count(l.id), l.lead_source, sum(l.annual_revenue) from "
                + leads
                + " l where not l.converted__s and l.no_of_employees > 100"
                + " group by l.lead_source order by l.lead_source limit 201"));
  }

  private static Case query(String name, String query, String byHand) {
    var request = new Request("POST /crm/v8/coql", "{\"select_query\":\"" + query + "\"}");
    return new Case(
        name, number -> request, (connection, number) -> Cases.readPlanned(connection, byHand));
  }
}
