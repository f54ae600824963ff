package io.clientele.records;

import static io.clientele.db.Sql.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** GET /{module}: a page of records, or of a part of them. Reference: Get Records. */
public final class ListRecords {
  /** Of how many lists is known where they ended. */
  private static final int ENDS = 20_000;

  /** An end that nobody asks for so long is left to be found anew. */
  private static final Duration ENDS_KEPT = Duration.ofMinutes(10);

  private final Database database;
  private final Access access;
  private final RecordSelects selects;
  private final PageToken.Codec tokens;
  private final Views views;
  private final CriteriaSql criteria;
  private final Clock clock;
  private final Cache<Start, Long> ends =
      Caffeine.newBuilder().maximumSize(ENDS).expireAfterAccess(ENDS_KEPT).build();

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
    var wanted = new Wanted(call, metadata, module, within, page, select, rights, from);
    boolean walks =
        within == Within.ALL
            && modifiedSince.isEmpty()
            && page.walksIds()
            && access.dependsOnRow(metadata, userId, module);
    Found found = walks ? first(wanted) : all(wanted);
    if (found.rows.count() > 0) {
      return found.reply;
    }
    return modifiedSince.isPresent() ? Reply.notModified() : Reply.noContent();
  }

  /**
   * A page that is to be read.
   *
   * @param asked what is asked of the rows beside that the user may read them
   */
  private record Wanted(
      Call call,
      Metadata metadata,
      Module module,
      Within within,
      ListPage page,
      RecordSelect select,
      Rights rights,
      Sql asked) {
    long userId() {
      return call.caller().userId();
    }
  }

  /** A page that was read. */
  private record Found(Reply reply, ListRows rows) {}

  /** Where a list begins that is not continued by a page token. */
  private record Start(Binding binding, int offset) {}

  /**
   * The first rows in the order of the ids. Where they ended the last time is how far is looked; if
   * there is no longer enough before it, or by far too much, without an end.
   */
  private Found first(Wanted wanted) {
    ListPage page = wanted.page;
    if (page.token() != null) {
      return first(wanted, OptionalLong.empty());
    }
    var start = new Start(page.binding(), page.offset());
    Long known = ends.getIfPresent(start);
    Found found = first(wanted, known == null ? OptionalLong.empty() : OptionalLong.of(known));
    if (known != null && found.rows.end().isEmpty()) {
      found = first(wanted, OptionalLong.empty());
    }
    OptionalLong end = found.rows.end();
    if (end.isEmpty()) {
      ends.invalidate(start);
    } else if (known == null || known != end.getAsLong()) {
      ends.put(start, end.getAsLong());
    }
    return found;
  }

  private Found first(Wanted wanted, OptionalLong end) {
    ListPage page = wanted.page;
    int enough = page.offset() + page.query().perPage() + 1;
    Sql from =
        access.first(
            wanted.metadata,
            wanted.userId(),
            wanted.module,
            wanted.select.columnsOfTable(wanted.rights),
            wanted.asked,
            new IdRange(page::position, page.ascending(), enough, end));
    // rows before the page are left to the database, which sorts them
    return read(wanted, from, Sql.TRUE, end.isPresent() && page.offset() == 0);
  }

  private Found all(Wanted wanted) {
    Sql readable = access.rows(wanted.metadata, wanted.userId(), Action.READ, wanted.module);
    return read(wanted, sql(wanted.select.table() + " t"), readable.and(wanted.asked), false);
  }

  /**
   * @param from what stands for the module's table
   * @param unsorted whether they are so few that sorting them here costs less than in the database,
   *     which writes whole rows anew to sort them
   */
  private Found read(Wanted wanted, Sql from, Sql where, boolean unsorted) {
    ListPage page = wanted.page;
    var rows = new ListRows(wanted.select, page, tokens, wanted.call.version(), clock.instant());
    Reply reply =
        Reply.ok(
            json ->
                database.read(
                    tx -> {
                      Sql statement =
                          page.backward() && page.token() != null
                              ? backward(tx, wanted, where, rows)
                              : statement(wanted, from, where, unsorted);
                      var reading = new Reading(json, wanted.metadata, wanted.userId(), false);
                      if (unsorted) {
                        tx.scroll(statement, result -> rows.writeSorted(result, reading));
                      } else {
                        tx.stream(statement, result -> rows.write(result, reading));
                      }
                      return true;
                    }));
    return new Found(reply, rows);
  }

  /** Criteria that were checked, as a condition on the module's table, aliased {@code t}. */
  public Sql condition(Metadata metadata, Module module, JsonNode checked, long userId) {
    return criteria.of(metadata, module, checked, userId, "t");
  }

  private static Sql statement(Wanted wanted, Sql from, Sql where, boolean unsorted) {
    ListPage page = wanted.page;
    Sql tail =
        wanted
            .within
            .join()
            .then(page.join())
            .then("where")
            .then(where)
            .then(unsorted ? sql("limit " + page.tooMany()) : page.order().then(page.limit()));
    return wanted.select.sql(page.sortValue(), wanted.rights, from, tail);
  }

  /**
   * A page that ends at a position: first the ids nearest before it, then their rows in the list's
   * order.
   */
  private static Sql backward(Transaction tx, Wanted wanted, Sql where, ListRows rows) {
    ListPage page = wanted.page;
    Sql join = wanted.within.join();
    Sql nearest =
        sql("select t.\"id\" from " + wanted.select.table() + " t")
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
    return wanted.select.sql(page.sortValue(), wanted.rights, tail);
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
