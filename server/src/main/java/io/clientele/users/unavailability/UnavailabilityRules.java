package io.clientele.users.unavailability;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Settings;
import io.clientele.metadata.types.Moments;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may say when somebody is away: everybody of oneself, those who manage users of all. A time
 * begins before it ends, and two of one user do not overlap.
 */
record UnavailabilityRules(Metadata metadata, long userId) {
  private static final String MANAGE = "Crm_Implied_Manage_Users";

  private static final Shape SHAPE =
      Shape.empty().text("comments", 250).object("user", Shape.empty().require("id").id("id"));

  /** The times that the caller may see and change. */
  Sql visible() {
    return managesAll() ? Sql.TRUE : sql("a.user_id = ?", userId);
  }

  private boolean managesAll() {
    return Access.allows(metadata, userId, MANAGE);
  }

  /**
   * Others than oneself are named by those alone who manage users.
   *
   * @throws ApiError NO_PERMISSION
   */
  void requireOneself(List<Item> items) {
    boolean others =
        items.stream()
            .map(item -> item.json().path("user").path("id").asString(""))
            .anyMatch(id -> !id.isEmpty() && !id.equals(Long.toString(userId)));
    if (others && !managesAll()) {
      throw ErrorCode.NO_PERMISSION.with("permissions", List.of(MANAGE));
    }
  }

  /** Reference: Mark a User Unavailable. */
  Done create(Transaction tx, Item item) {
    item.require("from").require("to");
    SHAPE.check(item);
    long id = Settings.nextIds(tx, metadata.org(), 1).getFirst();
    var one =
        new Unavailability(
            id, user(tx, item), moment(item, "from"), moment(item, "to"), comments(item, null));
    var table = new UnavailabilitySql(tx, metadata.org());
    check(table, item, one);
    table.insert(one, userId);
    return Done.of("Unavailability created successfully.", id);
  }

  /** Reference: Update User's Unavailability. */
  Done update(Transaction tx, Item item) {
    item.require("id");
    SHAPE.check(item);
    var table = new UnavailabilitySql(tx, metadata.org());
    Unavailability before =
        PathId.parse(item.text("id"))
            .flatMap(id -> table.find(id, visible()))
            .orElseThrow(() -> item.invalid("id").message("the id given seems to be invalid"));
    var after =
        new Unavailability(
            before.id(),
            before.userId(),
            item.has("from") ? moment(item, "from") : before.from(),
            item.has("to") ? moment(item, "to") : before.to(),
            comments(item, before.comments()));
    check(table, item, after);
    table.update(after, userId);
    return Done.of("Unavailability updated successfully.", after.id());
  }

  /** Oneself, or whom the body names. */
  private long user(Transaction tx, Item item) {
    if (!item.has("user")) {
      return userId;
    }
    long named = item.json().path("user").path("id").asLong();
    boolean there =
        !tx.list(
                sql(
                    "select from "
                        + metadata.org().table("crm_user")
                        + " u where u.id = ? and u.status <> 'deleted'",
                    named),
                row -> 0)
            .isEmpty();
    if (!there) {
      throw ErrorCode.INVALID_DATA.error().at("id", item.at("user") + ".id");
    }
    return named;
  }

  private static @Nullable String comments(Item item, @Nullable String before) {
    if (!item.json().has("comments")) {
      return before;
    }
    return item.has("comments") ? item.text("comments") : null;
  }

  private static Instant moment(Item item, String name) {
    return Moments.parse(item.text(name))
        .orElseThrow(() -> item.invalid(name).with("expected_data_type", "datetime"));
  }

  /**
   * @throws ApiError INVALID_DATA about the end that is not right
   */
  private static void check(UnavailabilitySql table, Item item, Unavailability one) {
    if (!one.from().isBefore(one.to())) {
      throw item.invalid(item.has("to") ? "to" : "from");
    }
    table.lock(one.userId());
    table
        .overlapping(one)
        .ifPresent(
            other -> {
              throw item.invalid(item.has("from") ? "from" : "to")
                  .with("id", Long.toString(other.id()))
                  .message("the user is unavailable at that time already");
            });
  }
}
