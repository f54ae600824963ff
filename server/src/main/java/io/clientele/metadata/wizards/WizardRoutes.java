package io.clientele.metadata.wizards;

import io.clientele.access.Access;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Wizards: the operations that read them, and ours that author them. */
public final class WizardRoutes {
  private static final String OWN = "/clientele/v1/settings/wizards";
  private static final String LIST = "wizards";
  private static final String SCOPE = "settings.wizards";
  private static final int MAXIMUM = 25;

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;
  private final Wizards wizards = new Wizards();

  public WizardRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/wizards", SCOPE, this::list)
        .get("/settings/wizards/{wizard}", SCOPE, this::one)
        .own("POST", OWN, Scope.of(SCOPE, Operation.CREATE), this::create)
        .own("PUT", OWN, Scope.of(SCOPE, Operation.UPDATE), this::update)
        .own("DELETE", OWN, Scope.of(SCOPE, Operation.DELETE), this::delete);
  }

  /** All wizards, or those of a module, with the names of their screens; 204 for none. */
  private Reply list(Call call) {
    Reader reader = reader(call);
    Optional<Module> module =
        call.query("module").map(name -> ModuleParameter.of(reader.metadata(), call));
    List<Setting> found =
        reader.metadata().settings(Wizards.NOUN).stream()
            .filter(one -> module.isEmpty() || isOf(one, module.get()))
            .toList();
    var json = new WizardJson(reader);
    return found.isEmpty() ? Reply.noContent() : Reply.list(LIST, found, json::writeShort);
  }

  /** One wizard with its screens for one layout; 204 when it has none for that. */
  private Reply one(Call call) {
    Reader reader = reader(call);
    String layout =
        call.query("layout_id")
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    ErrorCode.EXPECTED_PARAM_MISSING.with(
                        "param_names", List.of("layout_rid", "layout_id")));
    Setting wizard =
        PathId.require(call, "wizard", id -> reader.metadata().setting(Wizards.NOUN, id));
    Optional<JsonNode> container =
        PathId.parse(layout)
            .flatMap(id -> WizardContainer.find(wizard.body().path("containers"), id));
    return container.isEmpty()
        ? Reply.noContent()
        : Reply.ok(
            json ->
                Keys.object(
                    json,
                    keys ->
                        keys.array(
                            LIST,
                            List.of(wizard),
                            (inner, one) ->
                                new WizardJson(reader).write(inner, one, container.get()))));
  }

  private static boolean isOf(Setting wizard, Module module) {
    Long parent = wizard.parentId();
    return parent != null && parent == module.id();
  }

  private Reader reader(Call call) {
    Reader reader = Reader.of(cache, call);
    if (!Access.allows(reader.metadata(), reader.userId(), Access.CUSTOMIZE)) {
      throw ErrorCode.NO_PERMISSION
          .with("permissions", List.of(Access.CUSTOMIZE))
          .message("Permission denied to read wizards");
    }
    return reader;
  }

  private Reply create(Call call) {
    requirePermission(call);
    return changes.each(call, LIST, MAXIMUM, 201, wizards::create);
  }

  private Reply update(Call call) {
    requirePermission(call);
    return changes.each(call, LIST, MAXIMUM, 200, wizards::update);
  }

  private Reply delete(Call call) {
    requirePermission(call);
    List<String> ids = Arrays.stream(call.requiredQuery("ids").split(",")).distinct().toList();
    if (ids.size() > MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM).with("param_name", "ids");
    }
    return changes.each(call, LIST, ids, 200, wizards::delete);
  }

  private void requirePermission(Call call) {
    access.require(cache.of(call.caller().orgId()), call.caller().userId(), Access.CUSTOMIZE);
  }
}
