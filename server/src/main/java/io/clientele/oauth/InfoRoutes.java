package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Caller;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where this server is, and who a token stands for. */
final class InfoRoutes {
  /** The one data centre there is. */
  static final String LOCATION = "us";

  private static final Scope PROFILE = new Scope("AaaServer", "profile", Operation.READ);

  private final Database database;
  private final Accounts accounts;
  private final TokenAuthenticator authenticator;

  InfoRoutes(Database database, Accounts accounts, TokenAuthenticator authenticator) {
    this.database = database;
    this.accounts = accounts;
    this.authenticator = authenticator;
  }

  void addTo(RouteTable routes) {
    routes
        .open("GET", "/oauth/serverinfo", InfoRoutes::serverInfo)
        .open("GET", "/oauth/user/info", this::userInfo);
  }

  /**
   * The accounts servers by location, for clients that work with several data centres.
   * https://www.zoho.com/crm/developer/docs/api/v8/multi-dc.html
   */
  private static Reply serverInfo(Call call) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("result", "success");
    body.put("locations", Map.of(LOCATION, call.baseUrl()));
    return Reply.value(200, body);
  }

  /**
   * Name and mail address of the token's user; needs the scope {@code AaaServer.profile.READ} (or
   * {@code profile}, {@code email}).
   * https://www.zoho.com/accounts/protocol/oauth/use-access-token.html
   *
   * <p>Errors: AUTHENTICATION_FAILURE, INVALID_TOKEN, OAUTH_SCOPE_MISMATCH (401).
   */
  private Reply userInfo(Call call) {
    Caller caller = authenticator.authenticate(call);
    var held = caller.scopes().scopes();
    if (!caller.scopes().covers(PROFILE) && !held.contains("profile") && !held.contains("email")) {
      throw ErrorCode.OAUTH_SCOPE_MISMATCH.error();
    }
    Account account =
        accounts.find(caller.orgId(), caller.userId()).orElseThrow(ErrorCode.INVALID_TOKEN::error);
    Map<String, Object> body = new LinkedHashMap<>(names(caller));
    body.put("Email", account.email());
    body.put("ZUID", account.id());
    return Reply.value(200, body);
  }

  private Map<String, String> names(Caller caller) {
    return database.read(
        tx -> {
          Org org = Orgs.find(tx, caller.orgId()).orElseThrow();
          var select =
              sql(
                  "select coalesce(first_name, ''), last_name, full_name from "
                      + org.table("crm_user")
                      + " where id = ?",
                  caller.userId());
          return tx.find(
                  select,
                  row ->
                      Map.of(
                          "First_Name", row.getString(1),
                          "Last_Name", row.getString(2),
                          "Display_Name", row.getString(3)))
              .orElse(Map.of());
        });
  }
}
