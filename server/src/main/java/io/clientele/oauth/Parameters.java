package io.clientele.oauth;

import io.clientele.http.Call;
import io.clientele.http.Multipart;
import io.clientele.http.Query;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parameters of a call as clients send them: in the query, an urlencoded body or a multipart
 * body, or some here and some there. The query wins.
 */
final class Parameters {
  private static final Logger LOG = LoggerFactory.getLogger(Parameters.class);
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
      addParts(all, body, boundary.get());
      return all;
    }
    Query fields = Query.parse(new String(body, StandardCharsets.UTF_8));
    for (String name : fields.names()) {
      fields.first(name).ifPresent(value -> all.add(name, value));
    }
    return all;
  }

  /** Of a broken form those that can be told. */
  private static void addParts(Query all, byte[] body, String boundary) {
    try {
      Multipart.read(
          new ByteArrayInputStream(body),
          boundary,
          part -> all.add(part.name(), part.text(MAXIMUM_BODY)));
    } catch (Multipart.Malformed e) {
      LOG.debug("a broken form", e);
    }
  }
}
