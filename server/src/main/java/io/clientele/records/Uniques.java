package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.UserName;
import io.clientele.metadata.duplicatecheck.DuplicateCheckPreference;
import io.clientele.metadata.types.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether rows would have a value that must be unique and that another record has: one statement
 * for each unique field. The unique index behind it has the last word when two write at once; the
 * work is then done again and finds the other's record here.
 */
final class Uniques {
  private final Metadata metadata;
  private final Module module;
  private final String table;
  private final long userId;

  /**
   * @param userId who makes the rows that are new
   */
  Uniques(Metadata metadata, Module module, String table, long userId) {
    this.metadata = metadata;
    this.module = module;
    this.table = table;
    this.userId = userId;
  }

  /** A record that has the value already. */
  private record Other(long id, long owner) {}

  private record Value(String key, @Nullable Other other) {}

  /** Rejects the leads that are contacts already, as the org's preference tells. */
  static void checkContacts(
      Transaction tx,
      Metadata metadata,
      ModuleTables tables,
      Module module,
      long userId,
      List<Draft> drafts) {
    if (drafts.isEmpty() || !module.apiName().equals(DuplicateCheckPreference.MODULE)) {
      return;
    }
    DuplicateCheckPreference.find(metadata)
        .ifPresent(
            preference -> {
              Module contacts = metadata.get(DuplicateCheckPreference.MAPPED_MODULE);
              var uniques = new Uniques(metadata, contacts, tables.of(metadata, contacts), userId);
              preference
                  .mappings()
                  .forEach(pair -> uniques.check(tx, pair.current(), pair.mapped(), drafts));
            });
  }

  private void check(Transaction tx, Field mine, Field theirs, List<Draft> drafts) {
    List<Draft> having = drafts.stream().filter(draft -> draft.values().get(mine) != null).toList();
    if (having.isEmpty()) {
      return;
    }
    List<Value> values = read(tx, mine, theirs, having);
    for (int i = 0; i < having.size(); i++) {
      Other other = values.get(i).other;
      if (other != null) {
        having.get(i).reject(duplicate(mine, having.get(i), other));
      }
    }
  }

  /** Rejects the drafts whose values others have, or an earlier draft. */
  void check(Transaction tx, List<Draft> drafts) {
    Map<Draft, List<ApiError>> errors = new LinkedHashMap<>();
    for (Field field : module.fields()) {
      if (field.mustDiffer()) {
        check(tx, field, drafts, errors);
      }
    }
    errors.forEach(
        (draft, found) -> draft.reject(found.size() == 1 ? found.getFirst() : all(found)));
  }

  private void check(
      Transaction tx, Field field, List<Draft> drafts, Map<Draft, List<ApiError>> errors) {
    List<Draft> having =
        drafts.stream().filter(draft -> draft.values().get(field) != null).toList();
    if (having.isEmpty()) {
      return;
    }
    Map<String, Draft> byKey = new HashMap<>();
    List<Value> values = read(tx, field, field, having);
    for (int i = 0; i < having.size(); i++) {
      Draft draft = having.get(i);
      Other other = values.get(i).other;
      boolean own = other != null && draft.id().filter(id -> id == other.id).isPresent();
      if ((other != null && !own) || byKey.putIfAbsent(values.get(i).key, draft) != null) {
        errors
            .computeIfAbsent(draft, one -> new ArrayList<>())
            .add(duplicate(field, draft, own ? null : other));
      }
    }
  }

  /** For each draft, in order: its value as the index compares it, and who has it already. */
  private List<Value> read(Transaction tx, Field field, Field other, List<Draft> drafts) {
    Column column = field.stored().orElseThrow();
    String owner = module.field("Owner").isPresent() ? "t.\"owner\"" : "0::bigint";
    @Nullable Object[] given = field.type().newArray(drafts.size());
    for (int i = 0; i < given.length; i++) {
      given[i] = drafts.get(i).values().get(field);
    }
    Long[] ids = drafts.stream().map(draft -> draft.id().orElse(null)).toArray(Long[]::new);
    String mine = ModuleTables.uniqueKey(field, column.cast("v.x"));
    String theirs = ModuleTables.uniqueKey(field, "t." + Sql.identifier(other.column()));
    String author = field.isExternalOfUser() ? author() : "0";
    String sameAuthor = field.isExternalOfUser() ? " and t.\"created_by\" = " + author : "";
    return tx.list(
        sql(
            "select "
                + author
                + " || ':' || ("
                + mine
                + ")::text, t.\"id\", "
                + owner
                + " from unnest(?, ?) with ordinality as v(x, id, n) left join "
                + table
                + " t on "
                + theirs
                + " = "
                + mine
                + sameAuthor
                + " order by v.n",
            tx.array(column.arrayType(), given),
            tx.array("bigint", ids)),
        row -> {
          long id = row.getLong(2);
          return new Value(row.getString(1), id == 0 ? null : new Other(id, row.getLong(3)));
        });
  }

  /** Whose external ids a row's are: those of the user who made the record. */
  private String author() {
    return "coalesce((select o.\"created_by\" from "
        + table
        + " o where o.\"id\" = v.id), "
        + userId
        + ")";
  }

  private ApiError duplicate(Field field, Draft draft, @Nullable Other other) {
    ApiError error = ErrorCode.DUPLICATE_DATA.with("api_name", field.apiName());
    if (other != null) {
      error = error.with("duplicate_record", describe(other));
    }
    error = error.with("json_path", draft.path(field.apiName()));
    if (other != null) {
      error = error.with("id", Long.toString(other.id));
    }
    return error.with("more_records", false);
  }

  private Map<String, Object> describe(Other other) {
    var record = new LinkedHashMap<String, Object>();
    UserName owner = metadata.userName(other.owner);
    if (owner != null) {
      record.put(
          "Owner",
          Map.of(
              "name",
              owner.name(),
              "id",
              Long.toString(owner.id()),
              "zuid",
              Long.toString(owner.id())));
    }
    record.put("module", Map.of("api_name", module.apiName(), "id", Long.toString(module.id())));
    record.put("id", Long.toString(other.id));
    return record;
  }

  private static ApiError all(List<ApiError> errors) {
    return ErrorCode.MULTIPLE_OR_MULTI_ERRORS.with(
        "errors",
        errors.stream()
            .map(
                error ->
                    Map.of(
                        "code", error.code().name(),
                        "details", error.details(),
                        "message", error.getMessage(),
                        "status", "error"))
            .toList());
  }
}
