package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.http.Call;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records by the ids that other systems have for them: with the header {@code X-EXTERNAL}, ids in
 * paths, in the parameter {@code ids} and in bodies are values of external fields. Values of a
 * user's own external field are found only by the user who made the record. Reference: External ID.
 */
public final class ExternalIds {
  static final String HEADER = "X-EXTERNAL";

  private final Database database;
  private final ModuleTables tables;
  private final Access access;
  private final Metadata metadata;
  private final long userId;
  private final List<ExternalField> fields;

  /**
   * What the call's header says.
   *
   * @throws ApiError INVALID_DATA when it names no external field
   */
  ExternalIds(Database database, ModuleTables tables, Access access, Call call, Metadata metadata) {
    this.database = database;
    this.tables = tables;
    this.access = access;
    this.metadata = metadata;
    this.userId = call.caller().userId();
    this.fields =
        call.headers(HEADER).stream()
            .flatMap(line -> Arrays.stream(line.split(",")))
            .filter(entry -> !entry.isBlank())
            .map(entry -> ExternalField.parse(entry, metadata))
            .toList();
  }

  /** The external field whose values stand for ids of the module's records, if there is one. */
  Optional<ExternalField> of(Module module) {
    return fields.stream()
        .filter(field -> field.steps().isEmpty() && field.module() == module)
        .findFirst();
  }

  /** Those that lead from rows of the module to what they look up. */
  List<ExternalField> lookups(Module module) {
    return fields.stream()
        .filter(field -> !field.steps().isEmpty() && field.module() == module)
        .toList();
  }

  /** Whether ids of the module's records are external ones in this call. */
  public boolean names(Module module) {
    return of(module).isPresent();
  }

  /**
   * The id of the record that a part of the path names, by its own id or an external one; empty
   * when it is external and no record has it.
   *
   * @param index the place of the part in the path, which errors tell
   * @throws ApiError INVALID_DATA when it can be no id
   */
  public Optional<Long> find(Module module, String text, int index) {
    if (names(module)) {
      return Optional.ofNullable(find(module, List.of(text)).get(text));
    }
    if (!ListQuery.isId(text)) {
      throw unknown(index);
    }
    return Optional.of(Long.valueOf(text));
  }

  /**
   * The same, for operations that need the record.
   *
   * @throws ApiError INVALID_DATA when no record has the external id
   */
  public long require(Module module, String text, int index) {
    return find(module, text, index).orElseThrow(() -> unknown(index));
  }

  private static ApiError unknown(int index) {
    return RecordRoutes.unknownId("the id given seems to be invalid")
        .with("resource_path_index", index);
  }

  /** The ids of the records that have those external ids; without those that nothing has. */
  public Map<String, Long> find(Module module, List<String> values) {
    return find(of(module).orElseThrow(), values);
  }

  Map<String, Long> find(ExternalField field, List<String> values) {
    Module target = field.target();
    access.require(metadata, userId, Action.READ, target);
    String column = "t." + Sql.identifier(field.field().column());
    Sql own = field.field().isExternalOfUser() ? sql("t.\"created_by\" = ?", userId) : Sql.TRUE;
    Sql visible = access.rows(metadata, userId, Action.READ, target);
    String[] sought =
        values.stream().filter(value -> value.indexOf('\0') < 0).toArray(String[]::new);
    var found = new HashMap<String, Long>();
    var _ =
        database.read(
            tx ->
                tx.list(
                    sql(
                            "select v.x, t.\"id\" from unnest(?) as v(x) join "
                                + tables.of(metadata, target)
                                + " t on "
                                + ModuleTables.uniqueKey(field.field(), column)
                                + " = "
                                + ModuleTables.uniqueKey(field.field(), "v.x")
                                + " where",
                            tx.array("text", sought))
                        .then(own.and(visible)),
                    row -> found.put(row.getString(1), row.getLong(2))));
    return found;
  }
}
