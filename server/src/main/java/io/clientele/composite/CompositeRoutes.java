package io.clientele.composite;

import io.clientele.db.Database;
import io.clientele.error.ErrorCode;
import io.clientele.http.ApiVersion;
import io.clientele.http.Authorizer;
import io.clientele.http.Call;
import io.clientele.http.Handling;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import java.util.List;

/** The path {@code /__composite_requests}. */
public final class CompositeRoutes {
  private static final int PARTLY = 207;
  private static final int FAILED = 400;
  private static final int DONE = 200;

  private final Database database;
  private final Authorizer authorizer;

  public CompositeRoutes(Database database, Authorizer authorizer) {
    this.database = database;
    this.authorizer = authorizer;
  }

  public void addTo(RouteTable routes) {
    var handling = new Handling(routes, authorizer);
    routes.api(
        "POST",
        "/__composite_requests",
        Scope.of("composite_requests", Operation.CUSTOM),
        call -> handle(call, handling));
  }

  /**
   * Up to five calls in one: 200 when all were handled, whatever each answered, 207 when some were,
   * 400 when none was, or when they are to be undone together and one failed. Reference: Composite
   * Request.
   */
  private Reply handle(Call call, Handling handling) {
    if (!call.version().atLeast(ApiVersion.V3)) {
      throw ErrorCode.API_NOT_SUPPORTED.error();
    }
    CompositeRequest request = CompositeRequest.read(call.json());
    var run = new CompositeRun(request, new PartHandler(handling, call));
    if (request.rollback()) {
      return reply(run.runTogether(database) ? DONE : FAILED, run.results());
    }
    if (request.parallel()) {
      try {
        run.runAtOnce();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    } else {
      run.runInOrder();
    }
    long handled = run.results().stream().filter(Result.Answered.class::isInstance).count();
    return reply(
        handled == 0 ? FAILED : handled < run.results().size() ? PARTLY : DONE, run.results());
  }

  private static Reply reply(int status, List<Result> results) {
    return Reply.json(
        status,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("__composite_requests");
          results.forEach(result -> result.write(json));
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
