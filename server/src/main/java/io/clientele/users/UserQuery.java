package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which users a client asks about, from its parameters, as a condition on {@code u}. */
final class UserQuery {
  private static final int MAXIMUM_IDS = 100;

  /** Kinds of accounts. */
  private static final Set<String> KINDS =
      Set.of(
          "Regular User",
          "Sandbox Developer User",
          "Team User",
          "Digital Employee",
          "Support User",
          "Client Portal User",
          "System User");

  private UserQuery() {}

  /**
   * @throws io.clientele.error.ApiError each documented error of the parameters
   */
  static Sql condition(Call call, Reader reader) {
    refuseQueryId(call);
    Sql users = type(call, reader);
    Optional<List<Long>> ids = call.query("ids").map(UserQuery::ids);
    Sql chosen =
        ids.map(
                list ->
                    list.isEmpty()
                        ? sql("false")
                        : sql(
                            "u.id in ("
                                + String.join(", ", Collections.nCopies(list.size(), "?"))
                                + ")",
                            list.toArray()))
            .orElse(Sql.TRUE);
    return users.and(chosen).and(kind(call));
  }

  private static Sql kind(Call call) {
    Optional<String> kind = call.query("type__s");
    if (kind.isPresent() && !KINDS.contains(kind.get())) {
      throw ErrorCode.PATTERN_NOT_MATCHED.with("param_name", "type__s");
    }
    return kind.map(name -> sql("coalesce(u.body ->> 'type__s', 'Regular User') = ?", name))
        .orElse(Sql.TRUE);
  }

  private static Sql type(Call call, Reader reader) {
    String name = call.query("type").orElse(UserType.AllUsers.name());
    UserType type =
        UserType.of(name)
            .orElseThrow(
                () ->
                    ErrorCode.PATTERN_NOT_MATCHED
                        .with("api_name", "type")
                        .with("param_name", "type"));
    long role = type.needsRole() ? role(call) : 0;
    return type.condition(
        reader.metadata().org(),
        OrgSetup.administratorProfile(reader.metadata()),
        reader.userId(),
        role);
  }

  private static long role(Call call) {
    return PathId.parse(call.requiredQuery("role_id"))
        .orElseThrow(() -> ErrorCode.INVALID_DATA.with("param_name", "role_id"));
  }

  /** No lookup of users has criteria yet, so no query id is valid. */
  private static void refuseQueryId(Call call) {
    if (call.query("query_id").isPresent()) {
      throw ErrorCode.INVALID_DATA.with("param_name", "query_id").message("Invalid queryId");
    }
    if (call.query("child_data").isPresent()) {
      throw ErrorCode.DEPENDENT_PARAM_MISSING
          .with("dependee", Map.of("param_name", "child_data"))
          .with("param_name", "query_id");
    }
  }

  private static List<Long> ids(String text) {
    List<Long> ids =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .map(
                id ->
                    PathId.parse(id)
                        .orElseThrow(() -> ErrorCode.INVALID_DATA.with("param_name", "ids")))
            .toList();
    if (ids.size() > MAXIMUM_IDS) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM_IDS).with("param_name", "ids");
    }
    return ids;
  }
}
