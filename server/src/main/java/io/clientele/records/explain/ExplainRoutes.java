package io.clientele.records.explain;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a user may do something with a record, or may not: a path of ours, since the API has no
 * operation for it.
 */
public final class ExplainRoutes {
  private static final List<String> ACTIONS = List.of("read", "update", "delete");

  private final MetadataCache cache;
  private final Access access;
  private final Explain explain;

  public ExplainRoutes(Database database, MetadataCache cache, ModuleTables tables, Access access) {
    this.cache = cache;
    this.access = access;
    explain = new Explain(database, tables, access);
  }

  public void addTo(RouteTable routes) {
    routes.own(
        "GET",
        "/clientele/v1/access/explain",
        Scope.of("settings.data_sharing", Operation.READ),
        this::explain);
  }

  /**
   * Whether {@code user} may do {@code action} (read, update, delete) with {@code record} of {@code
   * module}, with all reasons. Users may ask about themselves; about others, and about records that
   * they cannot read, only who manages data sharing.
   */
  private Reply explain(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    long callerId = call.caller().userId();
    UserName user = user(call, metadata);
    boolean manages = Access.allows(metadata, callerId, Access.DATA_SHARING);
    if (user.id() != callerId) {
      access.require(metadata, callerId, Access.DATA_SHARING);
    }
    Module module = module(call, metadata);
    Action action = action(call);
    String id = call.requiredQuery("record");
    Explanation found =
        PathId.parse(id)
            .flatMap(number -> explain.of(metadata, user, action, module, number))
            .filter(one -> manages || one.visible())
            .orElseThrow(() -> invalid("record"));
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.object(
                        "access",
                        inner -> write(inner, metadata, user, action, module, id, found))));
  }

  private static void write(
      Keys keys,
      Metadata metadata,
      UserName user,
      Action action,
      Module module,
      String id,
      Explanation found) {
    Optional<UserName> owner = Optional.ofNullable(found.ownerId()).map(metadata::userName);
    keys.flag("allowed", found.allowed())
        .text("action", action.name().toLowerCase(Locale.ROOT))
        .object("user", inner -> inner.text("name", user.name()).id("id", user.id()))
        .object("module", inner -> inner.text("api_name", module.apiName()).id("id", module.id()))
        .object(
            "record",
            inner -> {
              inner.text("id", id);
              owner.ifPresentOrElse(
                  one ->
                      inner.object("Owner", who -> who.text("name", one.name()).id("id", one.id())),
                  () -> inner.none("Owner"));
            })
        .array(
            "reasons",
            found.reasons(),
            (inner, reason) ->
                inner
                    .text("kind", reason.kind())
                    .flag("grants", reason.grants())
                    .text("name", reason.name().isEmpty() ? null : reason.name())
                    .text("message", reason.message()))
        .array("hidden_fields", fields(user, module, Field.Permission.HIDDEN), ExplainRoutes::field)
        .array(
            "read_only_fields",
            fields(user, module, Field.Permission.READ_ONLY),
            ExplainRoutes::field);
  }

  private static List<Field> fields(UserName user, Module module, Field.Permission permission) {
    return module.whole().fields().stream()
        .filter(field -> field.permission(user.profileId()) == permission)
        .toList();
  }

  private static void field(Keys keys, Field field) {
    keys.text("api_name", field.apiName()).id("id", field.id());
  }

  private static UserName user(Call call, Metadata metadata) {
    String id = call.query("user").orElse(Long.toString(call.caller().userId()));
    return PathId.parse(id)
        .flatMap(number -> Optional.ofNullable(metadata.userName(number)))
        .orElseThrow(() -> invalid("user"));
  }

  private static Module module(Call call, Metadata metadata) {
    Module module = ModuleParameter.of(metadata, call);
    if (!module.hasTable() || !module.unionOf().isEmpty()) {
      throw ModuleParameter.notSupported();
    }
    return module;
  }

  private static Action action(Call call) {
    String word = call.query("action").orElse("read");
    if (!ACTIONS.contains(word)) {
      throw invalid("action").with("supported_values", ACTIONS);
    }
    return Action.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static ApiError invalid(String parameter) {
    return ErrorCode.INVALID_DATA.with("param_name", parameter);
  }
}
