package io.clientele.coql;

import io.clientele.access.Access;
import io.clientele.coql.Queries.Planned;
import io.clientele.db.Database;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Reader;
import io.clientele.records.Views;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The path {@code /coql}, and one of our own that tells how a query is run. */
public final class CoqlRoutes {
  private static final int MAXIMUM_ROWS = 2_000;

  /** Of a query that is one of several in a call. */
  private static final int MAXIMUM_SUB_ROWS = 25;

  private static final Scope QUERY = Scope.of("coql", Operation.READ);
  private static final Scope FIELDS = Scope.of("settings.fields", Operation.READ);

  private final MetadataCache metadata;
  private final Queries queries;

  public CoqlRoutes(
      Database database, MetadataCache metadata, ModuleTables tables, Access access, Clock clock) {
    this.metadata = metadata;
    var views = new Views(tables);
    queries = new Queries(database, tables, access, views, clock);
  }

  public void addTo(RouteTable routes) {
    routes
        .api("POST", "/coql", QUERY, this::query)
        .own("POST", "/clientele/v1/coql/explain", QUERY, this::explain);
  }

  /**
   * The rows that a query selects, 204 when there are none. Reference: Records through a COQL
   * Query.
   */
  private Reply query(Call call) {
    Metadata snapshot = metadata.of(call.caller());
    JsonNode body = call.json();
    boolean withFields = includesFields(body);
    if (withFields && !call.caller().scopes().covers(FIELDS)) {
      throw ErrorCode.OAUTH_SCOPE_MISMATCH.error();
    }
    Planned planned = planned(call, snapshot, body);
    return queries.run(planned, Reader.of(metadata, call), withFields);
  }

  /**
   * How the query is run: its usual form, and each statement with PostgreSQL's plan for it; the
   * subqueries come first.
   */
  private Reply explain(Call call) {
    Metadata snapshot = metadata.of(call.caller());
    Planned planned = planned(call, snapshot, call.json());
    return Reply.ok(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("query", QueryPrinter.print(planned.plan().query()));
          json.writeArrayPropertyStart("statements");
          queries
              .database()
              .read(
                  tx -> {
                    for (Queries.Step step : queries.steps(tx, planned)) {
                      json.writeStartObject();
                      json.writeStringProperty("query", QueryPrinter.print(step.query()));
                      json.writeStringProperty("sql", step.sql().text());
                      json.writeArrayPropertyStart("binds");
                      step.sql().binds().forEach(bind -> json.writeString(text(bind)));
                      json.writeEndArray();
                      json.writeArrayPropertyStart("plan");
                      Queries.explain(tx, step.sql()).forEach(json::writeString);
                      json.writeEndArray();
                      json.writeEndObject();
                    }
                    return true;
                  });
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static String text(@Nullable Object bind) {
    return bind instanceof Object[] array ? Arrays.toString(array) : String.valueOf(bind);
  }

  private Planned planned(Call call, Metadata snapshot, JsonNode body) {
    JsonNode text = body.path("select_query");
    if (text.isMissingNode() || text.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .with("api_name", "select_query")
          .message("mandatory key not found");
    }
    if (!text.isString()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "text")
          .at("select_query", "$.select_query");
    }
    Query query = QueryReader.read(text.asString());
    int maximum = call.isSubRequest() ? MAXIMUM_SUB_ROWS : MAXIMUM_ROWS;
    Planned planned = queries.plan(snapshot, call.caller().userId(), query, maximum);
    checkScope(call, planned.plan());
    return planned;
  }

  /** The token must be for the records of each module that is queried. */
  private static void checkScope(Call call, Plan plan) {
    Module module = plan.module();
    Scope scope =
        module == null
            ? Scope.of("modules.users", Operation.READ)
            : Scope.modules(Operation.READ).forModule(module.scopeWord());
    if (!call.caller().scopes().covers(scope)) {
      throw ErrorCode.OAUTH_SCOPE_MISMATCH.error();
    }
    plan.subqueries().forEach(subquery -> checkScope(call, subquery));
  }

  private static boolean includesFields(JsonNode body) {
    JsonNode meta = body.path("include_meta");
    if (meta.isMissingNode() || meta.isNull()) {
      return false;
    }
    if (!meta.isArray()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonarray")
          .at("include_meta", "$.include_meta");
    }
    for (int i = 0; i < meta.size(); i++) {
      String path = "$.include_meta[" + i + "]";
      if (!meta.get(i).isString()) {
        throw ErrorCode.INVALID_DATA
            .with("expected_data_type", "text")
            .at("include_meta", path)
            .with("supported_values", List.of("fields"));
      }
      if (!meta.get(i).asString().equals("fields")) {
        throw ErrorCode.INVALID_DATA
            .error()
            .at("include_meta", path)
            .with("supported_values", List.of("fields"));
      }
    }
    return !meta.isEmpty();
  }
}
