package io.clientele.records.changeowner;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The user who gets records, named by {@code {"owner":{"id":…}}}. */
public final class NewOwner {
  /** Why somebody cannot own records. */
  public enum Problem {
    NOT_CRM_USER,
    INACTIVE,
    DELETED
  }

  private static final String PATH = "$.owner.id";

  private NewOwner() {}

  /**
   * The id in the body.
   *
   * @throws ApiError MANDATORY_NOT_FOUND or INVALID_DATA
   */
  public static long id(Item body) {
    body.require("owner");
    if (!(body.json().get("owner") instanceof ObjectNode owner)) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("owner", body.at("owner"));
    }
    var item = new Item(owner, body.at("owner"));
    item.require("id");
    return PathId.parse(item.text("id"))
        .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("id", PATH));
  }

  /** What keeps the user from owning records; empty when nothing does. */
  public static Optional<Problem> problem(Transaction tx, Metadata metadata, long id) {
    UserName user = metadata.userName(id);
    if (user == null) {
      return Optional.of(Problem.NOT_CRM_USER);
    }
    if (user.active()) {
      return Optional.empty();
    }
    boolean deleted =
        tx
            .list(
                sql(
                    "select u.status in ('deleted', 'closed') from "
                        + metadata.org().table("crm_user")
                        + " u where u.id = ?",
                    id),
                row -> row.getBoolean(1))
            .stream()
            .findFirst()
            .orElse(true);
    return Optional.of(deleted ? Problem.DELETED : Problem.INACTIVE);
  }

  /**
   * @throws ApiError CANNOT_ASSIGN when the new owner could not see the records
   */
  public static void requireView(Metadata metadata, long id, Module module) {
    String permission = Action.READ.permission(module.apiName());
    if (!Access.hasRight(metadata, id, Action.READ, module)) {
      throw ErrorCode.CANNOT_ASSIGN.with("permissions", List.of(permission));
    }
  }

  static ApiError error(Problem problem) {
    return switch (problem) {
      case NOT_CRM_USER ->
          ErrorCode.INVALID_DATA.error().at("owner", PATH).message("Invalid data provided");
      case INACTIVE ->
          unfit("inactive")
              .message("The user to whom you are trying to transfer the records is not active.");
      case DELETED ->
          unfit("deleted")
              .status(403)
              .message(
                  "The user to whom you are trying to transfer the records has closed their"
                      + " account.");
    };
  }

  private static ApiError unfit(String status) {
    return ErrorCode.INVALID_DATA.error().at("id", PATH).with("owner_status", status);
  }
}
