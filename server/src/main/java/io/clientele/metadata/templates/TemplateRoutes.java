package io.clientele.metadata.templates;

import io.clientele.access.Access;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.Arrays;
import java.util.List;

/** Templates of one kind: the operations that read them, and ours that author them. */
public final class TemplateRoutes {
  /** Where our own operations hang, beside the API's. */
  private static final String OWN = "/clientele/v1/settings/";

  private static final int MAXIMUM = 100;

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;
  private final TemplateKind kind;
  private final Templates templates;

  public TemplateRoutes(
      MetadataCache cache, MetadataChanges changes, Access access, TemplateKind kind) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
    this.kind = kind;
    this.templates = new Templates(kind);
  }

  public void addTo(RouteTable routes) {
    String area = "settings." + kind.list();
    routes
        .get("/settings/" + kind.list(), kind.readScope(), this::list)
        .get("/settings/" + kind.list() + "/{template}", kind.readScope(), this::one)
        .own("POST", OWN + kind.list(), Scope.of(area, Operation.CREATE), this::create)
        .own("PUT", OWN + kind.list(), Scope.of(area, Operation.UPDATE), this::update)
        .own("DELETE", OWN + kind.list(), Scope.of(area, Operation.DELETE), this::delete);
  }

  /** A page of templates without their contents; 204 when there are none. */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    Paging.Page<Setting> page = Paging.of(call).of(TemplateList.of(call, reader, kind));
    if (page.items().isEmpty()) {
      return Reply.noContent();
    }
    var json = new TemplateJson(reader, kind);
    return Reply.ok(
        out ->
            Keys.object(
                out,
                keys ->
                    keys.array(kind.list(), page.items(), json::writeShort)
                        .object(
                            "info",
                            info -> page.paging().info(info, page.items().size(), page.more()))));
  }

  /** One template with its content; 204 when there is none of that id. */
  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    List<Setting> found =
        PathId.find(call, "template").stream()
            .flatMap(id -> reader.metadata().setting(kind.noun(), id).stream())
            .toList();
    return found.isEmpty()
        ? Reply.noContent()
        : Reply.list(kind.list(), found, new TemplateJson(reader, kind)::write);
  }

  private Reply create(Call call) {
    requirePermission(call);
    return changes.each(call, kind.list(), MAXIMUM, 201, templates::create);
  }

  private Reply update(Call call) {
    requirePermission(call);
    return changes.each(call, kind.list(), MAXIMUM, 200, templates::update);
  }

  private Reply delete(Call call) {
    requirePermission(call);
    List<String> ids = Arrays.stream(call.requiredQuery("ids").split(",")).distinct().toList();
    if (ids.size() > MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM).with("param_name", "ids");
    }
    return changes.each(call, kind.list(), ids, 200, templates::delete);
  }

  private void requirePermission(Call call) {
    access.require(cache.of(call.caller().orgId()), call.caller().userId(), kind.permission());
  }
}
