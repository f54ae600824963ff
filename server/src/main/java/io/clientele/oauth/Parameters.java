package io.clientele.oauth;

import io.clientele.http.Call;
import io.clientele.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The parameters of a call as clients send them: in the query, an urlencoded body or a multipart
 * body, or some here and some there. The query wins.
 */
final class Parameters {
  private static final int MAXIMUM_BODY = 64 << 10;

  private Parameters() {}

  static Query of(Call call) {
    var all = new Query();
    for (String name : call.query().names()) {
      call.query().first(name).ifPresent(value -> all.add(name, value));
    }
    return addBody(all, call);
  }

  /** Those of the body alone, for forms of pages. */
  static Query ofBody(Call call) {
    return addBody(new Query(), call);
  }

  private static Query addBody(Query all, Call call) {
    byte[] body = call.body(MAXIMUM_BODY);
    Optional<String> boundary = call.header("Content-Type").flatMap(Multipart::boundary);
    if (boundary.isPresent()) {
      Multipart.addTo(all, body, boundary.get());
      return all;
    }
    Query fields = Query.parse(new String(body, StandardCharsets.UTF_8));
    for (String name : fields.names()) {
      fields.first(name).ifPresent(value -> all.add(name, value));
    }
    return all;
  }
}
