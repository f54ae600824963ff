package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Settings;
import io.clientele.metadata.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tags that rows name, turned into ids; a name that is new in the module becomes a tag. */
final class Tags {
  private Tags() {}

  /** Answers whether tags were added, which changes the org's metadata. */
  static boolean resolve(
      Transaction tx, Metadata metadata, Module module, long userId, List<Draft> drafts) {
    Map<String, Long> known = new HashMap<>();
    for (Tag tag : metadata.tags()) {
      if (tag.moduleId() == module.id()) {
        known.put(tag.name().toLowerCase(Locale.ROOT), tag.id());
      }
    }
    int before = known.size();
    for (Draft draft : drafts) {
      for (Map.Entry<Field, Object> value : draft.values().entrySet()) {
        if (value.getValue() instanceof Tag.Names tags) {
          List<String> ids = new ArrayList<>();
          for (String name : tags.names()) {
            long id =
                known.computeIfAbsent(
                    name.toLowerCase(Locale.ROOT), key -> add(tx, metadata, module, userId, name));
            ids.add(Long.toString(id));
          }
          value.setValue("{" + String.join(",", ids) + "}");
        }
      }
    }
    boolean added = known.size() > before;
    if (added) {
      Settings.changed(tx, metadata.org());
    }
    return added;
  }

  private static long add(
      Transaction tx, Metadata metadata, Module module, long userId, String name) {
    return tx.list(
            sql(
                "insert into "
                    + metadata.org().table("tag")
                    + " (id, module_id, name, created_by, modified_by) values (?, ?, ?, ?, ?)"
                    + " on conflict (module_id, lower(name)) do update set name = tag.name returning id",
                Settings.nextIds(tx, metadata.org(), 1).getFirst(),
                module.id(),
                name,
                userId,
                userId),
            row -> row.getLong(1))
        .getFirst();
  }
}
