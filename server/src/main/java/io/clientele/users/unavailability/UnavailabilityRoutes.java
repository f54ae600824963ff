package io.clientele.users.unavailability;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** When users are away. References: Users' Unavailability, User's Unavailable. */
public final class UnavailabilityRoutes {
  private static final String NOUN = "users_unavailability";
  private static final String PATH = "/settings/" + NOUN;
  private static final String SCOPE = "settings." + NOUN;
  private static final String INNER = "include_inner_details";
  private static final int MOST = 100;

  private final Database database;
  private final MetadataCache cache;

  public UnavailabilityRoutes(Database database, MetadataCache cache) {
    this.database = database;
    this.cache = cache;
  }

  public void addTo(RouteTable routes) {
    routes
        .get(PATH, SCOPE, this::list)
        .get(PATH + "/{id}", SCOPE, this::one)
        .post(PATH, SCOPE, this::create)
        .put(PATH, SCOPE, this::updateMany)
        .put(PATH + "/{id}", SCOPE, this::update)
        .delete(PATH + "/{id}", SCOPE, this::delete);
  }

  /** A page of the times that the caller may see; 204 when there are none. */
  private Reply list(Call call) {
    Metadata metadata = metadata(call);
    boolean zuid = zuid(call);
    Paging paging = Paging.of(call);
    Sql which = rules(call).visible().and(new UnavailabilityFilter(metadata).condition(call));
    List<Unavailability> rows =
        database.read(
            tx ->
                new UnavailabilitySql(tx, metadata.org())
                    .list(which, paging.perPage() + 1, paging.offset()));
    ZoneId zone = metadata.zoneOf(call.caller().userId());
    Paging.Page<Unavailability> page = paging.ofOneMore(rows);
    return Reply.page(NOUN, page, (inner, one) -> one.write(inner, metadata, zone, zuid));
  }

  /** One of them; 204 when there is none of that id that the caller may see. */
  private Reply one(Call call) {
    Metadata metadata = metadata(call);
    boolean zuid = zuid(call);
    ZoneId zone = metadata.zoneOf(call.caller().userId());
    return find(call)
        .map(
            one ->
                Reply.list(
                    NOUN, List.of(one), (keys, found) -> found.write(keys, metadata, zone, zuid)))
        .orElseGet(Reply::noContent);
  }

  private Reply create(Call call) {
    UnavailabilityRules rules = rules(call);
    List<Item> items = Item.list(call.json(), NOUN, MOST);
    rules.requireOneself(items);
    return each(items, 201, rules::create);
  }

  private Reply updateMany(Call call) {
    UnavailabilityRules rules = rules(call);
    return each(Item.list(call.json(), NOUN, MOST), 200, rules::update);
  }

  private Reply update(Call call) {
    Item item = Item.list(call.json(), NOUN, 1).getFirst();
    item.json().put("id", Long.toString(known(call).id()));
    UnavailabilityRules rules = rules(call);
    return each(List.of(item), 200, rules::update);
  }

  private Reply delete(Call call) {
    long id = known(call).id();
    Metadata metadata = metadata(call);
    database.change(tx -> new UnavailabilitySql(tx, metadata.org()).delete(id));
    var results = new Results(NOUN);
    results.add(Done.of("Unavailability deleted Successfully", id));
    return results.reply(200);
  }

  /** Each item alone, in one transaction. */
  private Reply each(List<Item> items, int success, BiFunction<Transaction, Item, Done> work) {
    return database
        .write(
            tx -> {
              var results = new Results(NOUN);
              for (Item item : items) {
                try {
                  results.add(tx.part(() -> work.apply(tx, item)));
                } catch (ApiError e) {
                  results.add(e);
                }
              }
              return results;
            })
        .reply(success);
  }

  private Unavailability known(Call call) {
    return find(call)
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("resource_path_index", 2)
                    .message("the id given seems to be invalid"));
  }

  private Optional<Unavailability> find(Call call) {
    Sql visible = rules(call).visible();
    return PathId.find(call, "id")
        .flatMap(
            id ->
                database.read(
                    tx -> new UnavailabilitySql(tx, metadata(call).org()).find(id, visible)));
  }

  private static boolean zuid(Call call) {
    Optional<String> inner = call.query(INNER);
    if (inner.isPresent() && !inner.get().equals("user.zuid")) {
      throw ErrorCode.PATTERN_NOT_MATCHED.with("api_name", INNER);
    }
    return inner.isPresent();
  }

  private UnavailabilityRules rules(Call call) {
    return new UnavailabilityRules(metadata(call), call.caller().userId());
  }

  private Metadata metadata(Call call) {
    return cache.of(call.caller().orgId());
  }
}
