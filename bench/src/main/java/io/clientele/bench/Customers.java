package io.clientele.bench;

import static io.clientele.db.Sql.sql;

import io.clientele.app.Installation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.SearchColumn;

/** 200,000 accounts with a contact each, for queries that join them. */
final class Customers {
  private static final int COUNT = 200_000;

  private Customers() {}

  /** They are there when this returns; an earlier run may have made them. */
  static void load(Installation installation, SampleOrg org) {
    Metadata metadata = installation.metadata().of(org.org().id());
    String accounts = installation.tables().of(metadata, metadata.get("Accounts"));
    String contacts = installation.tables().of(metadata, metadata.get("Contacts"));
    boolean filled =
        installation
            .database()
            .read(
                tx ->
                    tx.list(
                            sql("select exists (select from " + contacts + " offset ?)", COUNT - 1),
                            row -> row.getBoolean(1))
                        .getFirst());
    if (filled) {
      return;
    }
    System.out.println("Loading " + COUNT + " accounts and contacts …");
    installation
        .database()
        .change(
            tx -> {
              String made = ", created_by, modified_by, created_time, modified_time";
              String by = ", ?, ?, timestamptz '2024-01-01', timestamptz '2024-01-01'";
              tx.update(
                  sql(
                      "insert into "
                          + accounts
                          + " (id, account_name, industry, billing_city, owner"
                          + made
                          + ") select nextval(?::regclass), 'Account ' || n, 'Industry ' || n % 20,"
                          + " 'City ' || n % 900, ?"
                          + by
                          + " from generate_series(1, ?) n",
                      org.org().schema() + ".id_sequence",
                      org.userId(),
                      org.userId(),
                      org.userId(),
                      COUNT));
              tx.update(
                  sql(
                      "insert into "
                          + contacts
                          + " (id, last_name, email, mailing_city, account_name, owner"
                          + made
                          + ") select nextval(?::regclass), 'Last ' || a.id, 'c' || a.id ||"
                          + " '@example.com', 'City ' || a.id % 700, a.id, ?"
                          + by
                          + " from "
                          + accounts
                          + " a",
                      org.org().schema() + ".id_sequence",
                      org.userId(),
                      org.userId(),
                      org.userId()));
              for (String module : new String[] {"Accounts", "Contacts"}) {
                installation
                    .jobs()
                    .schedule(
                        tx, org.org(), SearchColumn.JOB, SearchColumn.job(metadata.get(module)), 0);
              }
            });
    installation.jobs().runDue(org.org().id());
    installation
        .database()
        .read(tx -> tx.update(sql("vacuum analyze " + accounts + ", " + contacts)));
  }
}
