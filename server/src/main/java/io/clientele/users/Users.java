package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.metadata.Settings;
import io.clientele.org.Org;

/** The users of an org, in the table {@code crm_user}. */
public final class Users {
  private Users() {}

  /** Adds a user; answers its id. */
  public static long create(Transaction tx, Org org, NewUser user) {
    long id = Settings.nextIds(tx, org, 1).getFirst();
    long author = user.createdBy() == null ? id : user.createdBy();
    tx.update(
        sql(
            "insert into "
                + org.table("crm_user")
                + " (id, email, first_name, last_name, full_name, role_id, profile_id, status,"
                + " confirmed, time_zone, body, created_by, modified_by)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)",
            id,
            user.email(),
            user.firstName(),
            user.lastName(),
            user.fullName(),
            user.roleId(),
            user.profileId(),
            user.status(),
            user.confirmed(),
            user.timeZone(),
            Json.MAPPER.writeValueAsString(user.body()),
            author,
            author));
    Settings.changed(tx, org);
    return id;
  }
}
