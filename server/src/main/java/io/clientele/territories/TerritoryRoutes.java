package io.clientele.territories;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Territory;
import io.clientele.territories.TerritorySql.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The org's territories. References: Territories, Add Territories, Update Territories, Delete
 * Territories, Transfer and Delete Territories, Child Territories of a Territory, Associated User
 * Count.
 */
public final class TerritoryRoutes {
  /** The permission to change territories, which decide who sees whose records. */
  static final String PERMISSION = "Crm_Implied_Manage_Data_Sharing";

  static final String SCOPE = "settings.territories";
  private static final String NOUN = "territories";
  private static final String PATH = "/settings/territories";
  private static final String ONE = PATH + "/{territory}";
  private static final int MAXIMUM = 100;
  private static final int MAXIMUM_PER_PAGE = 2_000;
  private static final Set<String> ALL_RULES = Set.copyOf(Territory.RULES.values());

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public TerritoryRoutes(
      Database database, MetadataCache cache, MetadataChanges changes, Access access) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    Scope delete = Scope.of(SCOPE, Operation.DELETE);
    routes
        .get(PATH, SCOPE, this::list)
        .get(ONE, SCOPE, this::one)
        .post(PATH, SCOPE, this::create)
        .put(PATH, SCOPE, this::updateMany)
        .put(ONE, SCOPE, this::update)
        .delete(PATH, SCOPE, this::deleteMany)
        .delete(ONE, SCOPE, this::delete)
        .api("POST", PATH + "/actions/transfer_and_delete", delete, this::transferMany)
        .api("POST", ONE + "/actions/transfer_and_delete", delete, this::transfer)
        .get(ONE + "/__child_territories", SCOPE, this::children)
        .get(PATH + "/actions/associated_users_count", SCOPE, this::userCounts);
    new TerritoryUserRoutes(cache, changes, access).addTo(routes);
  }

  /** A page of the territories that the parameters choose; 204 when there are none. */
  private Reply list(Call call) {
    Optional<List<String>> ids = call.query("ids").map(TerritoryRoutes::texts);
    return page(call, row -> ids.isEmpty() || ids.get().contains(Long.toString(row.id())));
  }

  /** A page of those right below a territory. */
  private Reply children(Call call) {
    Long id = require(call, cache.of(call.caller().orgId())).id();
    return page(call, row -> id.equals(row.reportingTo()));
  }

  private Reply page(Call call, Predicate<Row> chosen) {
    Reader reader = Reader.of(cache, call);
    Predicate<Row> filter =
        call.query("filters").map(TerritoryFilter::parse).orElse(row -> true).and(chosen);
    var json = new TerritoryJson(reader, included(call), inner(call));
    Paging paging = Paging.of(call, MAXIMUM_PER_PAGE);
    Paging.Page<Row> page = paging.of(rows(reader.metadata()).stream().filter(filter).toList());
    return Reply.page(NOUN, page, Keys.wanted(call), json::write);
  }

  private List<Row> rows(Metadata metadata) {
    return database.read(tx -> TerritorySql.list(tx, metadata.org()));
  }

  private static Set<String> included(Call call) {
    List<String> names = texts(call.query("include").orElse(""));
    for (String name : names) {
      if (!ALL_RULES.contains(name)) {
        throw ErrorCode.INVALID_DATA
            .with("param_name", "include")
            .with("supported_values", ALL_RULES.stream().sorted().toList());
      }
    }
    return Set.copyOf(names);
  }

  private static Set<String> inner(Call call) {
    List<String> supported = List.of("manager.zuid", "manager.status");
    List<String> names = texts(call.query("include_inner_details").orElse(""));
    if (!supported.containsAll(names)) {
      throw ErrorCode.INVALID_DATA
          .with("param_name", "include_inner_details")
          .with("supported_values", supported);
    }
    return names.stream()
        .map(name -> name.substring("manager.".length()))
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private static List<String> texts(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .distinct()
        .toList();
  }

  /** One territory with all its criteria. */
  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    long id = require(call, reader.metadata()).id();
    List<Row> row =
        database.read(tx -> TerritorySql.find(tx, reader.metadata().org(), id)).stream().toList();
    var json = new TerritoryJson(reader, ALL_RULES, inner(call));
    return row.isEmpty()
        ? Reply.noContent()
        : Reply.ok(
            out ->
                Keys.object(
                    out,
                    keys ->
                        keys.array(NOUN, row, Keys.wanted(call), json::write)
                            .object(
                                "info",
                                info -> new Paging(1, MAXIMUM_PER_PAGE).info(info, 1, false))));
  }

  private static Territory require(Call call, Metadata metadata) {
    return PathId.require(
        call, "territory", id -> Optional.ofNullable(metadata.people().territories().get(id)));
  }

  /** What the profile must allow; answers the org as it is. */
  private Metadata changeable(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    access.require(metadata, call.caller().userId(), PERMISSION);
    return metadata;
  }

  private Reply create(Call call) {
    changeable(call);
    return changes.each(
        call, NOUN, MAXIMUM, 201, (change, item) -> new TerritoryService(change).create(item));
  }

  private Reply updateMany(Call call) {
    changeable(call);
    return changes.each(
        call, NOUN, MAXIMUM, 200, (change, item) -> new TerritoryService(change).update(item));
  }

  private Reply update(Call call) {
    long id = require(call, changeable(call)).id();
    return oneItem(call, (change, item) -> new TerritoryService(change).update(id, item));
  }

  private Reply oneItem(Call call, BiFunction<MetadataChange, Item, Done> work) {
    return changes.each(call, NOUN, 1, 200, work);
  }

  private Reply deleteMany(Call call) {
    changeable(call);
    if (call.query("ids").filter(ids -> !ids.isBlank()).isEmpty()) {
      throw ErrorCode.REQUIRED_PARAM_MISSING
          .with("param_name", "ids")
          .message("mandatory param missing");
    }
    List<String> ids = texts(call.requiredQuery("ids"));
    if (ids.size() > MAXIMUM) {
      throw ErrorCode.INVALID_REQUEST
          .error()
          .message(
              "unable to process your request. please verify whether you have entered proper method"
                  + " name, parameter and parameter values.");
    }
    return changes.each(call, NOUN, new ArrayList<>(ids), 200, (change, id) -> delete(change, id));
  }

  private static Done delete(MetadataChange change, String text) {
    ApiError unknown =
        ErrorCode.INVALID_DATA.with("id", text).message("the id given seems to be invalid");
    return new TerritoryService(change).delete(PathId.parse(text).orElseThrow(() -> unknown));
  }

  private Reply delete(Call call) {
    Territory territory = require(call, changeable(call));
    return changes.each(
        call,
        NOUN,
        List.of(territory.id()),
        200,
        (change, id) -> new TerritoryService(change).delete(id));
  }

  private Reply transferMany(Call call) {
    changeable(call);
    return changes.each(
        call, NOUN, MAXIMUM, 200, (change, item) -> new TerritoryService(change).transfer(item));
  }

  private Reply transfer(Call call) {
    long id = require(call, changeable(call)).id();
    return oneItem(call, (change, item) -> new TerritoryService(change).transfer(id, item));
  }

  /** How many users each territory has; those without any are left out. */
  private Reply userCounts(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    List<Territory> all =
        metadata.people().territories().values().stream()
            .filter(one -> !one.users().isEmpty())
            .toList();
    Paging paging = Paging.of(call);
    Paging.Page<Territory> page = paging.of(all);
    return page.items().isEmpty()
        ? Reply.noContent()
        : Reply.ok(
            json ->
                Keys.object(
                    json,
                    keys ->
                        keys.array("associated_users_count", page.items(), TerritoryRoutes::count)
                            .object(
                                "info",
                                info -> paging.info(info, page.items().size(), page.more()))));
  }

  private static void count(Keys keys, Territory one) {
    keys.text("count", Integer.toString(one.users().size()))
        .object("territory", it -> it.text("name", one.name()).id("id", one.id()));
  }

  /** The results of one thing that the path names, under {@code noun}. */
  static Reply single(String noun, Done done) {
    var results = new Results(noun);
    results.add(done);
    return results.reply(200);
  }
}
