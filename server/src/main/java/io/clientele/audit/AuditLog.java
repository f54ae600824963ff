package io.clientele.audit;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what users did. Each entry is part of the transaction that did it, so that one is not
 * without the other.
 */
public final class AuditLog {
  public static final String ADDED = "added";
  public static final String UPDATED = "updated";
  public static final String DELETED = "deleted";
  public static final String EXPORTED = "exported";
  public static final String SIGNED_IN = "signed_in";
  public static final String SIGN_IN_REFUSED = "sign_in_refused";

  private static final int LONGEST_NAME = 300;

  private AuditLog() {}

  /**
   * Something that was done.
   *
   * @param entity what kind of thing it was done to, in the wire's word for several of them
   * @param moduleId the module that the thing belongs to
   * @param name of the thing
   * @param source by what way: crm_api, sign_in, configuration
   * @param address of the client
   */
  public record Entry(
      @Nullable Long userId,
      String action,
      String entity,
      @Nullable Long moduleId,
      @Nullable String name,
      String source,
      @Nullable String address) {}

  public static void write(Transaction tx, Org org, List<Entry> entries) {
    for (Entry entry : entries) {
      tx.update(
          sql(
              "insert into "
                  + org.table("audit_log")
                  + " (user_id, action, entity, module_id, name, source, address)"
                  + " values (?, ?, ?, ?, left(?, ?), ?, ?)",
              entry.userId,
              entry.action,
              entry.entity,
              entry.moduleId,
              entry.name,
              LONGEST_NAME,
              entry.source,
              entry.address));
    }
  }
}
