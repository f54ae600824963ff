package io.clientele.records.emailsharing;

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
import io.clientele.metadata.UserName;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import io.clientele.records.emailsharing.EmailSharing.Change;
import io.clientele.records.emailsharing.EmailSharing.Target;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Mails of records are shared with colleagues. References: Share Emails, Unshare Emails, Get Email
 * Shared Details.
 */
public final class EmailSharingRoutes {
  static final String UNKNOWN = "the related id given seems to be invalid";

  private static final String ONE = "/{module}/{id}";
  private static final int MOST = 100;
  private static final Set<String> MODULES =
      Set.of(
          "Leads",
          "Accounts",
          "Contacts",
          "Deals",
          "Quotes",
          "Sales_Orders",
          "Purchase_Orders",
          "Invoices");

  private final MetadataCache cache;
  private final EmailSharing sharing;

  public EmailSharingRoutes(Records records, MetadataCache cache) {
    this.cache = cache;
    sharing = new EmailSharing(records);
  }

  public void addTo(RouteTable routes) {
    add(routes, "/actions/share_emails", Operation.CREATE, Change.SHARE);
    add(routes, "/actions/unshare_emails", Operation.DELETE, Change.UNSHARE);
    routes.api(
        "GET", ONE + "/__emails_sharing_details", Scope.modules(Operation.READ), this::details);
  }

  private void add(RouteTable routes, String path, Operation operation, Change what) {
    Scope scope = Scope.modules(operation);
    routes
        .api("POST", ONE + path, scope, call -> one(call, what))
        .api("POST", "/{module}" + path, scope, call -> several(call, what));
  }

  /** Shares the user's mails of a record, or no longer. Errors: ALREADY_SHARED, NOT_SHARED. */
  private Reply one(Call call, Change what) {
    return sharing.change(target(call), what, id(call)).reply(200);
  }

  /** The same for several records, with one outcome for each. */
  private Reply several(Call call, Change what) {
    Target target = target(call);
    return sharing.change(target, what, ids(call.json())).reply(200);
  }

  /** Whose mails of the record the user finds beside those that were sent from here. */
  private Reply details(Call call) {
    Target target = target(call);
    List<Long> users = sharing.users(target, id(call));
    List<String> types =
        Stream.of("emails_sent_from_crm", "all_imap_shared_users", "all_emails")
            .limit(users.isEmpty() ? 1 : 3)
            .toList();
    return Reply.list(
        "__emails_sharing_details",
        List.of(users),
        (keys, all) ->
            keys.value(
                    "available_types",
                    json -> json.writeArray(types.toArray(String[]::new), 0, types.size()))
                .array("share_from_users", all, (user, id) -> user(target.metadata(), user, id)));
  }

  /** Mailboxes are not known, so neither is the kind of one. */
  private static void user(Metadata metadata, Keys keys, long id) {
    UserName user = metadata.userName(id);
    keys.text("name", user == null ? null : user.name()).none("_type").id("id", id);
  }

  private static List<Long> ids(JsonNode body) {
    JsonNode list = body.path("ids");
    if (list.isMissingNode() || list.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .with("api_name", "ids")
          .message("expected key is missing");
    }
    if (!list.isArray()) {
      throw expected("jsonarray");
    }
    if (list.isEmpty() || list.size() > MOST) {
      throw ErrorCode.INVALID_DATA
          .with(list.isEmpty() ? "minimum_length" : "maximum_length", list.isEmpty() ? 1 : MOST)
          .with("api_name", "ids");
    }
    return list.valueStream().map(EmailSharingRoutes::id).toList();
  }

  private static long id(JsonNode id) {
    return PathId.parse(id.asString("")).orElseThrow(() -> expected("bigint"));
  }

  private static ApiError expected(String type) {
    return ErrorCode.INVALID_DATA.with("expected_data_type", type).with("api_name", "ids");
  }

  private Target target(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = RecordRoutes.module(call, metadata);
    if (!MODULES.contains(module.apiName()) && !module.generatedType().equals("custom")) {
      throw ErrorCode.NOT_SUPPORTED
          .with("resource_path_index", 0)
          .status(400)
          .message("the given module is not supported in api");
    }
    return new Target(metadata, module, call.caller().userId());
  }

  private static long id(Call call) {
    return PathId.find(call, "id").orElseThrow(EmailSharingRoutes::unknownRecord);
  }

  static ApiError unknownRecord() {
    return ErrorCode.INVALID_DATA.with("resource_path_index", 2).message(UNKNOWN);
  }
}
