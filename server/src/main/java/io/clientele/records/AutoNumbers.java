package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleColumns;
import io.clientele.org.Org;
import java.util.Iterator;
import java.util.List;

/** Numbers new records before they are written, because searches find them by their numbers. */
final class AutoNumbers {
  private AutoNumbers() {}

  static void give(Transaction tx, Org org, Module module, List<Draft> drafts) {
    for (Field field : module.fields()) {
      if (field.dataType().equals("autonumber") && !drafts.isEmpty()) {
        String next = ModuleColumns.autoNumber(org, field);
        Iterator<String> numbers =
            tx.list(
                    sql("select " + next + " from generate_series(1, ?)", drafts.size()),
                    row -> row.getString(1))
                .iterator();
        drafts.forEach(draft -> draft.set(field, numbers.next()));
      }
    }
  }
}
