package io.clientele.metadata;

import static io.clientele.db.Sql.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.types.FieldTypes;
import io.clientele.metadata.types.TerritoriesType;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The table of each module: one typed column for each field that has one. A table is made when its
 * module is first used, because most orgs use few of the standard modules.
 */
public final class ModuleTables {
  private static final int KNOWN = 100_000;

  private final Database database;
  private final JobQueue jobs;

  /** Modules of the same name may follow each other; restored orgs have the same ids. */
  private record Known(String table, long moduleId, Instant orgCreatedTime) {}

  /** Tables that are there. They never go while their module is, so what was seen once holds. */
  private final Cache<Known, Boolean> known = Caffeine.newBuilder().maximumSize(KNOWN).build();

  /**
   * @param jobs what fills columns that tables made by older versions lack
   */
  public ModuleTables(Database database, JobQueue jobs) {
    this.database = database;
    this.jobs = jobs;
  }

  /**
   * What stands behind {@code from} for the module: the qualified name of its table, which is there
   * when this returns; for a combined module, the union of the tables it shows.
   */
  public String of(Metadata metadata, Module module) {
    if (!module.unionOf().isEmpty()) {
      return CombinedModule.union(metadata, this, module);
    }
    String table = metadata.org().table(module.table());
    var key = new Known(table, module.id(), metadata.org().createdTime());
    if (module.hasTable() && known.getIfPresent(key) == null) {
      database.aside(tx -> createUnlessThere(tx, metadata.org(), module));
      known.put(key, true);
    }
    return table;
  }

  /** Whether the module's table was made; until this transaction ends, nobody else makes it. */
  public static boolean exists(Transaction tx, Org org, Module module) {
    String table = org.table(module.table());
    tx.list(sql("select pg_advisory_xact_lock(hashtext(?))", table), row -> 0);
    return tx.list(sql("select to_regclass(?) is not null", table), row -> row.getBoolean(1))
        .getFirst();
  }

  /** Takes the table of a module away, which goes itself in this transaction. */
  public static void drop(Transaction tx, Org org, Module module) {
    tx.update(sql("drop table if exists " + org.table(module.table())));
    module.fields().stream()
        .filter(field -> field.dataType().equals("autonumber"))
        .forEach(
            field ->
                tx.update(sql("drop sequence if exists " + ModuleColumns.sequence(org, field))));
  }

  /**
   * With the fields the module has now, which may be newer than what the caller knows: they are
   * read when nobody can add one any more without finding the table.
   */
  private void createUnlessThere(Transaction tx, Org known, Module knownModule) {
    if (exists(tx, known, knownModule)) {
      addColumns(tx, known, knownModule);
      return;
    }
    Org org = Orgs.find(tx, known.id()).orElseThrow();
    MetadataCache.load(tx, org).find(knownModule.id()).ifPresent(module -> create(tx, org, module));
  }

  /** Makes the table of a module that has none yet. */
  public static void create(Transaction tx, Org org, Module module) {
    String table = org.table(module.table());
    var columns = new ArrayList<String>();
    for (Field field : module.fields()) {
      if (field.dataType().equals("autonumber")) {
        tx.update(sql(ModuleColumns.createSequence(org, field)));
      }
      ModuleColumns.definition(org, module, field).ifPresent(columns::add);
      if (field.stored().isPresent()) {
        columns.addAll(field.type().extraColumns(field));
      }
    }
    columns.add(SearchColumn.definition());
    if (RulesColumn.isIn(module)) {
      columns.add(RulesColumn.definition());
    }
    columns.add("primary key (\"id\")" + RulesColumn.included(module));
    tx.update(sql("create table " + table + " (" + String.join(", ", columns) + ")"));
    List<String> links = linked(module);
    for (Field field : module.fields()) {
      if (!links.contains(field.apiName())) {
        indexes(module, field).forEach(index -> tx.update(sql(index.formatted(table))));
      }
    }
    linkIndexes(module, links).forEach(index -> tx.update(sql(index.formatted(table))));
    tx.update(sql(SearchColumn.createIndex().formatted(table)));
    if (RulesColumn.isIn(module)) {
      tx.update(sql(RulesColumn.createIndex().formatted(table)));
    }
    module
        .duplicateCheckField()
        .filter(field -> !field.mustDiffer())
        .ifPresent(field -> tx.update(sql(createKeyIndex(field).formatted(table))));
  }

  /** The two lookups of a linking module. */
  private static List<String> linked(Module module) {
    List<String> links =
        module.definition().path("links").valueStream().map(JsonNode::asString).toList();
    boolean both =
        links.size() == 2
            && links.stream()
                .allMatch(name -> module.field(name).filter(ModuleTables::isStored).isPresent());
    return both ? links : List.of();
  }

  private static boolean isStored(Field field) {
    return field.stored().isPresent();
  }

  /** Links are found from either side, the records of the other side in their order. */
  private static List<String> linkIndexes(Module module, List<String> links) {
    if (links.isEmpty()) {
      return List.of();
    }
    String one = Sql.identifier(module.field(links.getFirst()).orElseThrow().column());
    String other = Sql.identifier(module.field(links.getLast()).orElseThrow().column());
    return List.of(
        "create index on %s (" + one + ", " + other + ")",
        "create index on %s (" + other + ", " + one + ")");
  }

  /** For a table of an older version; its records are found as the job gets to them. */
  private void addColumns(Transaction tx, Org org, Module module) {
    String table = org.table(module.table());
    if (RulesColumn.isIn(module) && !hasColumn(tx, table, RulesColumn.NAME)) {
      tx.update(sql("alter table " + table + " add column " + RulesColumn.definition()));
      tx.update(sql(RulesColumn.createIndex().formatted(table)));
    }
    if (!hasColumn(tx, table, SearchColumn.NAME)) {
      tx.update(sql("alter table " + table + " add column " + SearchColumn.definition()));
      tx.update(sql(SearchColumn.createIndex().formatted(table)));
      module
          .field("Converted__s")
          .map(field -> indexes(module, field))
          .ifPresent(more -> more.forEach(index -> tx.update(sql(index.formatted(table)))));
      jobs.schedule(tx, org, SearchColumn.JOB, SearchColumn.job(module), 0);
    }
  }

  private static boolean hasColumn(Transaction tx, String table, String column) {
    return tx.list(
            sql(
                "select exists (select from pg_attribute a where a.attrelid = to_regclass(?)"
                    + " and a.attname = ? and not a.attisdropped)",
                table,
                column.replace("\"", "")),
            row -> row.getBoolean(1))
        .getFirst();
  }

  static String quoted(Field field) {
    return Sql.identifier(field.column());
  }

  private static String createKeyIndex(Field field) {
    String column = Sql.identifier(field.column());
    return "create index on %s (" + uniqueKey(field, column) + ") where " + column + " is not null";
  }

  /**
   * What lists sort by, what lookups find their records by, what must be unique; {@code %s} is the
   * table.
   */
  static List<String> indexes(Module module, Field field) {
    String column = Sql.identifier(field.column());
    var indexes = new ArrayList<String>();
    switch (field.apiName()) {
      case "Modified_Time", "Created_Time" ->
          indexes.add("create index on %s (" + column + ", \"id\")");
      case "Created_By", "Modified_By", "id" -> {}
      case "Converted__s" ->
          indexes.add(
              "create index on %s (\"id\")"
                  + RulesColumn.included(module)
                  + " where not "
                  + column);
      default -> {
        if (isReference(field) && field.stored().isPresent()) {
          String order = isOfRecords(field) || isOwner(field) ? ", \"id\"" : "";
          String key = "(" + column + order + ")" + (isOwner(field) ? converted(module) : "");
          indexes.add("create index on %s " + key + " where " + column + " is not null");
        }
      }
    }
    if (field.type() == FieldTypes.PARTICIPANTS) {
      indexes.add("create index on %s using gin (" + column + " jsonb_path_ops)");
    }
    if (field.type() instanceof TerritoriesType) {
      indexes.add("create index on %s using gin (" + column + ") where " + column + " is not null");
    }
    if (field.mustDiffer()) {
      indexes.add(createUniqueIndex(field));
    }
    return indexes;
  }

  /** {@code %s} is the table. Of values alone, so that a new column without any is no work. */
  static String createUniqueIndex(Field field) {
    String column = Sql.identifier(field.column());
    return "create unique index "
        + uniqueIndex(field)
        + " on %s ("
        + (field.isExternalOfUser() ? "\"created_by\", " : "")
        + uniqueKey(field, column)
        + ") where "
        + column
        + " is not null";
  }

  /** The name of the index that keeps a field's values unique. */
  static String uniqueIndex(Field field) {
    return "unique_" + field.id();
  }

  /** What must differ between records: {@code value} itself, or without its case. */
  public static String uniqueKey(Field field, String value) {
    boolean text = field.stored().orElseThrow().sqlType().equals("text");
    return text && !field.isCaseSensitive() ? "lower(" + value + ")" : value;
  }

  /** Records that look up one record are listed by their ids. */
  private static boolean isOfRecords(Field field) {
    return switch (field.dataType()) {
      case "lookup", "multi_module_lookup" -> true;
      default -> false;
    };
  }

  /** Lists leave converted leads out, which the walk along an owner's records shall see. */
  private static String converted(Module module) {
    return module
        .field("Converted__s")
        .filter(ModuleTables::isStored)
        .map(field -> " include (" + quoted(field) + ")")
        .orElse("");
  }

  /** What users may see is found by its owner, in the order of the ids. */
  private static boolean isOwner(Field field) {
    return field.apiName().equals("Owner");
  }

  private static boolean isReference(Field field) {
    return switch (field.dataType()) {
      case "lookup", "multi_module_lookup", "ownerlookup", "userlookup" -> true;
      default -> false;
    };
  }
}
