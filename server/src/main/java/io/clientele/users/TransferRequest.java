package io.clientele.users;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who goes, and who gets what of it, checked against the users there are. */
record TransferRequest(MetadataChange change, Item item) {
  private static final String TO = "transfer";
  private static final String SUBORDINATES = "move_subordinate";

  private static final Shape SHAPE =
      Shape.empty()
          .id("id")
          .object(
              TO,
              Shape.empty()
                  .require("id", "records", "assignment", "criteria")
                  .id("id")
                  .flag("records")
                  .flag("assignment")
                  .flag("criteria"))
          .object(SUBORDINATES, Shape.empty().require("id").id("id"));

  /**
   * What the job is to do: {@code user}, {@code to}, {@code records}, {@code assignment}, {@code
   * criteria} and {@code subordinates_to}.
   *
   * @throws ApiError the documented errors of the item
   */
  ObjectNode read() {
    SHAPE.check(item);
    item.require("id");
    if (!item.has(TO) && !item.has(SUBORDINATES)) {
      throw ErrorCode.EXPECTED_FIELD_MISSING.with(
          "expected_fields", List.of(item.place(TO), item.place(SUBORDINATES)));
    }
    long userId = id(item.json());
    User user = user(userId, item.at("id"));
    if (user.isDeleted()) {
      throw unfit(item.at("id"), "deleted");
    }
    if (UserTransition.isPrimary(change.metadata(), user)) {
      throw notAllowed(item.at("id"), "Primary contact cannot be deleted");
    }
    ObjectNode body = Json.MAPPER.createObjectNode().put("user", userId);
    if (item.json().get(TO) instanceof ObjectNode to) {
      body.put("to", receiver(to, TO, userId));
      List.of("records", "assignment", "criteria")
          .forEach(name -> body.put(name, to.path(name).asBoolean()));
    }
    if (item.json().get(SUBORDINATES) instanceof ObjectNode to) {
      body.put("subordinates_to", subordinatesTo(to, userId));
    }
    return body;
  }

  private long subordinatesTo(ObjectNode to, long userId) {
    long id = receiver(to, SUBORDINATES, userId);
    if (UserPlace.reportsTo(change.tx(), change.org(), id, userId)) {
      throw notAllowed(
          item.at(SUBORDINATES) + ".id", "subordinates cannot be moved to a subordinate");
    }
    return id;
  }

  /** An active user other than the one who goes. */
  private long receiver(ObjectNode named, String key, long userId) {
    String path = item.at(key) + ".id";
    User user = user(id(named), path);
    if (user.id() == userId) {
      throw invalid(path);
    }
    if (!user.isActive()) {
      throw unfit(path, user.isDeleted() ? "deleted" : "inactive");
    }
    return user.id();
  }

  private User user(long id, String path) {
    return UserSql.find(change.tx(), change.org(), id)
        .orElseThrow(() -> unfit(path, "not_crm_user"));
  }

  private static long id(JsonNode named) {
    Optional<Long> id = PathId.parse(named.path("id").asString(""));
    return id.orElse(0L);
  }

  private static ApiError invalid(String path) {
    return ErrorCode.INVALID_DATA
        .error()
        .at("id", path)
        .message("the id given seems to be invalid");
  }

  private static ApiError unfit(String path, String status) {
    return invalid(path).with("owner_status", status);
  }

  private static ApiError notAllowed(String path, String message) {
    return ErrorCode.NOT_ALLOWED.error().status(400).at("id", path).message(message);
  }
}
