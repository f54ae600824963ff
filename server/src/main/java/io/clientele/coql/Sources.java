package io.clientele.coql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables that a user's queries may read, each with the rows of it that the user may see. */
public final class Sources {
  private final Metadata metadata;
  private final ModuleTables tables;
  private final Access access;
  private final long userId;

  public Sources(Metadata metadata, ModuleTables tables, Access access, long userId) {
    this.metadata = metadata;
    this.tables = tables;
    this.access = access;
    this.userId = userId;
  }

  public Metadata metadata() {
    return metadata;
  }

  ModuleTables tables() {
    return tables;
  }

  public long userId() {
    return userId;
  }

  /** Whether a query names the users of the org as its source. */
  boolean isUsers(String name) {
    return metadata
        .find(name)
        .filter(found -> found.apiName().equalsIgnoreCase("Users"))
        .isPresent();
  }

  /**
   * @throws io.clientele.error.ApiError INVALID_MODULE when it has no records, NO_PERMISSION when
   *     the user may not read them
   */
  Module module(String name) {
    Module module =
        metadata
            .find(name)
            .filter(found -> found.hasTable() && isQueryable(found))
            .orElseThrow(Problem::module);
    access.require(metadata, userId, Action.READ, module);
    return module;
  }

  /** Rows of subforms and linking modules are queried by their own names. */
  private static boolean isQueryable(Module module) {
    return module.apiSupported()
        || module.generatedType().equals("subform")
        || module.generatedType().equals("linking");
  }

  /** The table with the rows that the user may see, to stand before an alias. */
  Sql rows(Module module) {
    return rows(module, Sql.TRUE);
  }

  /** The same for those that fulfil a condition on the table's alias {@code t}. */
  public Sql rows(Module module, Sql condition) {
    Sql rows = access.rows(metadata, userId, Action.READ, module).and(condition);
    String table = tables.of(metadata, module);
    return rows.equals(Sql.TRUE)
        ? Sql.sql(table)
        : new Sql("(select * from " + table + " t where " + rows.text() + ")", rows.binds());
  }

  String table(SystemTable table) {
    return table.table(metadata);
  }

  public String value(Named named) {
    return named.value(metadata, tables);
  }

  /** {@code !Leads.Owner} is {@code Owner}, in a query on Leads. */
  String withoutModule(String path, @Nullable Module base) {
    if (!path.startsWith("!")) {
      return path;
    }
    String name = base == null ? "Users" : base.apiName();
    return Optional.of("!" + name + ".")
        .filter(start -> path.regionMatches(true, 0, start, 0, start.length()))
        .map(start -> path.substring(start.length()))
        .orElseThrow(() -> Problem.column(path, base));
  }
}
