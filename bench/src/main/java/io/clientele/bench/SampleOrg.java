package io.clientele.bench;

import static io.clientele.db.Sql.sql;

import io.clientele.app.Installation;
import io.clientele.http.ScopeSet;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.SearchColumn;
import io.clientele.oauth.Accounts;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import io.clientele.org.Org;
import java.util.List;
import java.util.Optional;

/**
 * The org that is measured: leads with some thirty filled columns, one in ten owned by the caller.
 *
 * @param table the qualified table of the leads
 * @param firstId the id of the oldest lead
 * @param leads how many there are
 * @param view the view My Leads
 */
record SampleOrg(
    Org org, String token, long userId, String table, long firstId, int leads, long view) {
  private static final String EMAIL = "bench@example.com";

  /** The org of an earlier run, or a new one filled now. */
  static SampleOrg load(Installation installation, int leads) {
    installation.orgs().migrateAll();
    var existing = installation.orgs().list().stream().findFirst();
    Org org =
        existing.orElseGet(
            () -> {
              var created =
                  installation
                      .orgSetup()
                      .create("Bench", EMAIL, "Patricia", "Boyle", "Asia/Kolkata");
              installation
                  .database()
                  .change(
                      tx ->
                          Accounts.link(
                              tx,
                              Accounts.create(tx, EMAIL),
                              created.org().id(),
                              created.userId()));
              return created.org();
            });
    Metadata metadata = installation.metadata().of(org.id());
    long userId = metadata.userNames().iterator().next().id();
    Module module = metadata.get("Leads");
    String table = installation.tables().of(metadata, module);
    fill(installation, org, table, userId, leads);
    index(installation, org, module, table);
    long firstId =
        installation
            .database()
            .read(
                tx ->
                    tx.list(sql("select min(id) from " + table), row -> row.getLong(1)).getFirst());
    long view =
        module.customViews().stream()
            .filter(one -> one.definition().path("system_name").asString("").equals("MYVIEWS"))
            .findFirst()
            .orElseThrow()
            .id();
    var client =
        installation
            .oauth()
            .clients()
            .register(new NewClient(ClientType.SELF, "Bench", "", List.of(), Optional.empty()))
            .client();
    String token =
        installation
            .oauth()
            .tokens()
            .issue(
                client,
                org.id(),
                userId,
                ScopeSet.parse("ZohoCRM.modules.ALL,ZohoCRM.coql.READ"),
                false)
            .accessToken();
    return new SampleOrg(org, token, userId, table, firstId, leads, view);
  }

  private static void fill(
      Installation installation, Org org, String table, long userId, int leads) {
    Long[] staff = Staff.hire(installation, org, userId).toArray(Long[]::new);
    installation
        .database()
        .change(
            tx -> {
              boolean filled =
                  tx.list(
                          sql("select exists (select from " + table + " offset ?)", leads - 1),
                          row -> row.getBoolean(1))
                      .getFirst();
              if (filled) { // what earlier runs added goes, or their rows would be what is measured
                tx.update(
                    sql(
                        "delete from "
                            + org.table("record_label")
                            + " where record_id >= ? + (select min(id) from "
                            + table
                            + ")",
                        leads));
                tx.update(
                    sql(
                        "delete from "
                            + table
                            + " where id >= ? + (select min(id) from "
                            + table
                            + ")",
                        leads));
                return;
              }
              System.out.println("Loading " + leads + " leads …");
              tx.update(sql("truncate " + table));
              tx.update(
                  sql(
                      "insert into "
                          + table
                          + " (id, last_name, first_name, company, email, phone, mobile, website, lead_source,"
                          + " lead_status, industry, no_of_employees, annual_revenue, rating, street, city, state,"
                          + " zip_code, country, description, designation, owner, created_by, modified_by,"
                          + " created_time, modified_time, layout, record_status__s)"
                          + " select nextval(?::regclass), 'Last ' || n, 'First ' || n % 1000, 'Company ' || n % 50000,"
                          + " 'lead' || n || '@example.com', '+1 555 ' || n, '+1 556 ' || n,"
                          + " 'https://www.example.com/' || n, 'Source ' || n % 12, 'Status ' || n % 9,"
                          + " 'Industry ' || n % 20, n % 5000, n * 10.5, 'Active', n || ' Main Street', 'City ' || n % 900,"
                          + " 'State ' || n % 50, (10000 + n % 90000)::text, 'Country ' || n % 80,"
                          + " repeat('Something about this lead. ', 6), 'Manager',"
                          + " case when n % 10 = 0 then ?::bigint else (?::bigint[])[1 + abs(hashint8(n)::bigint) % 500]"
                          + " end, ?, ?,"
                          + " timestamptz '2024-01-01' + n * interval '10 seconds',"
                          + " timestamptz '2024-01-01' + n * interval '10 seconds', ?, 'Available'"
                          + " from generate_series(1, ?) n",
                      org.schema() + ".id_sequence",
                      userId,
                      staff,
                      userId,
                      userId,
                      installation.metadata().of(org.id()).get("Leads").layouts().getFirst().id(),
                      leads));
            });
  }

  /** What searches find the leads by, which the API would have written with them. */
  private static void index(Installation installation, Org org, Module module, String table) {
    installation
        .database()
        .change(
            tx -> {
              boolean missing =
                  tx.list(
                          sql(
                              "select exists (select from "
                                  + table
                                  + " where "
                                  + SearchColumn.NAME
                                  + " is null)"),
                          row -> row.getBoolean(1))
                      .getFirst();
              if (missing) {
                System.out.println("Indexing words …");
                installation
                    .jobs()
                    .schedule(tx, org, SearchColumn.JOB, SearchColumn.job(module), 0);
              }
            });
    installation.jobs().runDue(org.id());
    installation.database().read(tx -> tx.update(sql("vacuum analyze " + table)));
  }
}
