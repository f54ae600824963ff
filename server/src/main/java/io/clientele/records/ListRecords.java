package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.access.IdRange;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.records.ListQuery.Converted;
import io.clientele.records.PageToken.Binding;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** GET /{module}: a page of records, or of a part of them. Reference: Get Records. */
public final class ListRecords {
  private final Database database;
  private final Access access;
  private final RecordSelects selects;
  private final PageToken.Codec tokens;
  private final Views views;
  private final CriteriaSql criteria;
  private final Clock clock;

  ListRecords(
      Database database,
      Access access,
      RecordSelects selects,
      PageToken.Codec tokens,
      Views views,
      CriteriaSql criteria,
      Clock clock) {
    this.database = database;
    this.access = access;
    this.selects = selects;
    this.tokens = tokens;
    this.views = views;
    this.criteria = criteria;
    this.clock = clock;
  }

  /**
   * The page that the parameters ask for; 204 when it is empty, 304 when nothing in it is newer
   * than {@code modifiedSince}.
   */
  Reply list(
      Call call,
      Metadata metadata,
      Module module,
      ExternalIds externals,
      Optional<Instant> modifiedSince) {
    return list(call, metadata, module, Within.ALL, externals, modifiedSince);
  }

  /** The same of the rows within a part of the module. */
  public Reply list(
      Call call,
      Metadata metadata,
      Module module,
      Within within,
      ExternalIds externals,
      Optional<Instant> modifiedSince) {
    ListQuery query =
        ListQuery.of(
            call,
            module.apiName().equals("Notes") ? "asc" : "desc",
            ids ->
                externals.names(module)
                    ? List.copyOf(externals.find(module, ListQuery.texts(ids)).values())
                    : ListQuery.ids(ids));
    long userId = call.caller().userId();
    access.require(metadata, userId, Action.READ, module);
    var binding = new Binding(call.caller().orgId(), userId, query.parameters());
    Optional<CustomView> view =
        query.customView().map(id -> views.require(metadata, module, id, userId));
    Optional<Views.Sorting> sorting = view.flatMap(found -> views.sorting(metadata, module, found));
    ListPage page = ListPage.of(query, tokens, binding, view, sorting);
    Sql asked = within.where().and(asked(metadata, module, page, userId, modifiedSince));
    Sql position = page.position("t.\"id\"");
    Sql from =
        asked.and(within.sameId().map(id -> position.and(page.position(id))).orElse(position));
    RecordSelect select = selects.forList(metadata, module, query.fields(), within);
    Rights rights = Rights.of(select, access, userId);
    boolean walks = within == Within.ALL && modifiedSince.isEmpty() && page.walksIds();
    int enough = page.offset() + query.perPage() + 1;
    Optional<Sql> first =
        walks
            ? access.first(
                metadata,
                userId,
                module,
                () -> select.columnsOfTable(rights),
                from,
                new IdRange(page::position, page.ascending(), enough))
            : Optional.empty();
    Sql where =
        first.isPresent() ? Sql.TRUE : access.rows(metadata, userId, Action.READ, module).and(from);
    var rows = new ListRows(select, page, tokens, call.version(), clock.instant());
    Reply reply =
        Reply.ok(
            json ->
                database.read(
                    tx -> {
                      Sql statement =
                          page.backward() && page.token() != null
                              ? backward(tx, select, rights, page, within.join(), where, rows)
                              : statement(
                                  select,
                                  rights,
                                  page,
                                  first.orElse(sql(select.table() + " t")),
                                  within.join(),
                                  where);
                      var reading = new Reading(json, metadata, userId, false);
                      tx.stream(statement, result -> rows.write(result, reading));
                      return true;
                    }));
    if (rows.count() > 0) {
      return reply;
    }
    return modifiedSince.isPresent() ? Reply.notModified() : Reply.noContent();
  }

  /** Criteria that were checked, as a condition on the module's table, aliased {@code t}. */
  public Sql condition(Metadata metadata, Module module, JsonNode checked, long userId) {
    return criteria.of(metadata, module, checked, userId, "t");
  }

  private static Sql statement(
      RecordSelect select, Rights rights, ListPage page, Sql from, Sql join, Sql where) {
    Sql tail =
        join.then(page.join()).then("where").then(where).then(page.order()).then(page.limit());
    return select.sql(page.sortValue(), rights, from, tail);
  }

  /**
   * A page that ends at a position: first the ids nearest before it, then their rows in the list's
   * order.
   */
  private static Sql backward(
      Transaction tx,
      RecordSelect select,
      Rights rights,
      ListPage page,
      Sql join,
      Sql where,
      ListRows rows) {
    Sql nearest =
        sql("select t.\"id\" from " + select.table() + " t")
            .then(join)
            .then("where")
            .then(where)
            .then(page.orderFromPosition())
            .then(page.limit());
    List<Long> ids = tx.list(nearest, row -> row.getLong(1));
    List<Long> kept = ids.subList(0, Math.min(ids.size(), page.query().perPage()));
    rows.begins(Math.max(0, page.offset() - kept.size()));
    Sql tail =
        join.then("where t.\"id\" = any(?) and", (Object) kept.toArray(Long[]::new))
            .then(where)
            .then(page.order());
    return select.sql(page.sortValue(), rights, tail);
  }

  private Sql asked(
      Metadata metadata,
      Module module,
      ListPage page,
      long userId,
      Optional<Instant> modifiedSince) {
    ListQuery query = page.query();
    Sql where = Sql.TRUE;
    if (query.ids().isPresent()) {
      where = where.and(sql("t.\"id\" = any(?)", (Object) query.ids().get().toArray(Long[]::new)));
    }
    if (query.territory().isPresent()) {
      long territory = query.territory().get();
      requireTerritory(metadata, module, territory);
      where = where.and(RecordTerritories.in(metadata, module, territory, query.includeChild()));
    }
    if (page.view().isPresent()) {
      where = where.and(criteria.of(metadata.whole(), module.whole(), page.view().get(), userId));
    } else if (query.converted() != Converted.BOTH && module.field("Converted__s").isPresent()) {
      where = where.and(query.converted().rows());
    }
    if (modifiedSince.isPresent() && module.field("Modified_Time").isPresent()) {
      double seconds = modifiedSince.get().getEpochSecond();
      where = where.and(sql("t.\"modified_time\" > to_timestamp(?)", seconds));
    }
    return where;
  }

  private static void requireTerritory(Metadata metadata, Module module, long territory) {
    if (!module.territorySupported() || RecordTerritories.field(module).isEmpty()) {
      throw ErrorCode.INVALID_MODULE
          .with("resource_path_index", 0)
          .message("Territory is not supported for the given module");
    }
    if (!metadata.people().territories().containsKey(territory)) {
      throw ErrorCode.INVALID_DATA.with("param_name", "territory_id");
    }
  }
}
