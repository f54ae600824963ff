package io.clientele.records.share;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import io.clientele.records.share.Shares.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The shares of a record. References: Share Records, Share Permissions, Revoke Shared Records. */
public final class ShareRoutes {
  private static final String PATH = "/{module}/{id}/actions/share";
  private static final Set<String> MODULES =
      Set.of(
          "Leads",
          "Accounts",
          "Contacts",
          "Deals",
          "Campaigns",
          "Cases",
          "Solutions",
          "Products",
          "Vendors",
          "Price_Books",
          "Quotes",
          "Sales_Orders",
          "Purchase_Orders",
          "Invoices");

  private final MetadataCache cache;
  private final Shares shares;

  public ShareRoutes(Records records, MetadataCache cache) {
    this.cache = cache;
    shares = new Shares(records);
  }

  public void addTo(RouteTable routes) {
    routes
        .api("GET", PATH, Scope.of("share", Operation.READ), this::list)
        .api("POST", PATH, Scope.of("share", Operation.CREATE), call -> share(call, false))
        .api("PUT", PATH, Scope.of("share", Operation.UPDATE), call -> share(call, true))
        .api("DELETE", PATH, Scope.of("share", Operation.DELETE), this::revoke);
  }

  /** With whom the record is shared; 204 when with nobody the client asks about. */
  private Reply list(Call call) {
    requireOneOf(call, "view", List.of("summary", "manage"));
    requireOneOf(call, "approved", List.of("true", "false", "both"));
    Target target = target(call);
    Predicate<Share> wanted = wanted(call, target);
    List<Share> found = shares.list(target).stream().filter(wanted).toList();
    var json = new ShareJson(target);
    return found.isEmpty() ? Reply.noContent() : Reply.list("share", found, json::write);
  }

  /** Shares wait for no approval, so none is without. */
  private static Predicate<Share> wanted(Call call, Target target) {
    Metadata metadata = target.metadata();
    boolean approved = !call.query("approved").orElse("").equals("false");
    boolean mine = call.query("current_user").orElse("").equals("true");
    Optional<String> user = call.query("sharedTo").filter(id -> !id.isBlank());
    long userId = user.flatMap(PathId::parse).orElse(0L);
    return share ->
        approved
            && (!mine || share.isFor(metadata, target.userId()))
            && (user.isEmpty() || share.isFor(metadata, userId));
  }

  private static void requireOneOf(Call call, String name, List<String> words) {
    if (call.query(name).filter(value -> !words.contains(value)).isPresent()) {
      throw ErrorCode.PATTERN_NOT_MATCHED.with("api_name", name);
    }
  }

  private Reply share(Call call, boolean replace) {
    Target target = target(call);
    return shares.share(target, ShareRequest.items(call.json()), replace).reply(201);
  }

  private Reply revoke(Call call) {
    Target target = target(call);
    shares.revoke(target);
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.object(
                        "share",
                        share ->
                            share
                                .text("code", "SUCCESS")
                                .object("details", inner -> inner.id("id", target.recordId()))
                                .text("message", "Sharing Revoked")
                                .text("status", "success"))));
  }

  private Target target(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = RecordRoutes.module(call, metadata);
    if (!MODULES.contains(module.apiName()) && !module.generatedType().equals("custom")) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .message("Record Level Sharing is not supported for this module");
    }
    long id = PathId.find(call, "id").orElseThrow(ShareRoutes::unknownRecord);
    return new Target(metadata, module, id, call.caller().userId());
  }

  static ApiError unknownRecord() {
    return ErrorCode.INVALID_DATA.with("resource_path_index", 1).message("ENTITY_ID_INVALID");
  }
}
