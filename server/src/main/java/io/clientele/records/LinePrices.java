package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.Draft.Child;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** New lines of quotes, orders and invoices without a price get that of their product. */
final class LinePrices {
  private LinePrices() {}

  static void fill(
      Transaction tx, Metadata metadata, ModuleTables tables, Module module, List<Draft> parents) {
    for (Field lines : Children.fields(module)) {
      Module line = Children.module(metadata, lines);
      Optional<Field> price = line.field("List_Price");
      Optional<Field> product = line.field("Product_Name");
      if (price.isPresent() && product.isPresent()) {
        List<Draft> bare = new ArrayList<>();
        for (Draft parent : parents) {
          for (Child row : parent.children().getOrDefault(lines, List.of())) {
            Draft draft = row.draft();
            if (!row.delete() && !draft.existed() && draft.values().get(price.get()) == null) {
              bare.add(draft);
            }
          }
        }
        fill(tx, metadata, tables, bare, price.get(), product.get());
      }
    }
  }

  private static void fill(
      Transaction tx,
      Metadata metadata,
      ModuleTables tables,
      List<Draft> lines,
      Field price,
      Field product) {
    if (lines.isEmpty()) {
      return;
    }
    Long[] ids =
        lines.stream()
            .map(line -> line.values().get(product))
            .filter(Long.class::isInstance)
            .toArray(Long[]::new);
    Map<Long, BigDecimal> prices = new HashMap<>();
    String products = tables.of(metadata, metadata.get(product.modules().getFirst()));
    tx.list(
        sql(
            "select t.\"id\", t.unit_price from " + products + " t where t.\"id\" = any(?)",
            (Object) ids),
        row -> prices.put(row.getLong(1), row.getBigDecimal(2)));
    for (Draft line : lines) {
      BigDecimal found = line.values().get(product) instanceof Long id ? prices.get(id) : null;
      line.set(price, found == null ? BigDecimal.ZERO : found);
    }
  }
}
