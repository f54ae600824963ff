package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Module;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A lead that was converted is kept as it was: it can be read and deleted, not changed. */
final class ConvertedLeads {
  private ConvertedLeads() {}

  static void reject(Transaction tx, String table, Module module, List<Draft> drafts) {
    if (module.field("Converted__s").isEmpty() || drafts.isEmpty()) {
      return;
    }
    Long[] ids = drafts.stream().map(Draft::requiredId).toArray(Long[]::new);
    Set<Long> converted =
        new HashSet<>(
            tx.list(
                sql(
                    "select t.\"id\" from "
                        + table
                        + " t where t.\"id\" = any(?) and t.\"converted__s\"",
                    (Object) ids),
                row -> row.getLong(1)));
    for (Draft draft : drafts) {
      if (converted.contains(draft.requiredId())) {
        draft.reject(ErrorCode.ID_ALREADY_CONVERTED.error().at("id", draft.path("id")));
      }
    }
  }
}
