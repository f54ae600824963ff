package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleColumns;
import io.clientele.org.Org;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Numbers new records before they are written, because searches find them by their numbers. */
final class AutoNumbers {
  private AutoNumbers() {}

  /** Lets rows keep the numbers they have; the numbers given from now on come after them. */
  static void keep(Transaction tx, Org org, Module module, List<Draft> drafts) {
    for (Field field : module.fields()) {
      if (field.dataType().equals("autonumber")) {
        drafts.stream()
            .flatMapToLong(draft -> number(field, draft.values().get(field)))
            .max()
            .ifPresent(highest -> ModuleColumns.moveAutoNumber(tx, org, field, highest));
      }
    }
    give(tx, org, module, drafts.stream().filter(draft -> !isNumbered(module, draft)).toList());
  }

  private static boolean isNumbered(Module module, Draft draft) {
    return module.fields().stream()
        .filter(field -> field.dataType().equals("autonumber"))
        .allMatch(field -> draft.values().get(field) != null);
  }

  private static LongStream number(Field field, @Nullable Object value) {
    JsonNode form = field.definition().path("auto_number");
    String prefix = form.path("prefix").asString("");
    String suffix = form.path("suffix").asString("");
    String text = String.valueOf(value);
    if (!text.startsWith(prefix) || !text.endsWith(suffix)) {
      return LongStream.empty();
    }
    String digits =
        text.substring(prefix.length(), Math.max(prefix.length(), text.length() - suffix.length()));
    return digits.matches("\\d{1,15}") ? LongStream.of(Long.parseLong(digits)) : LongStream.empty();
  }

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
