package io.clientele.oauth;

import io.clientele.http.Call;
import io.clientele.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which client makes a token call: {@code client_id} and {@code client_secret}, or Basic. */
final class ClientAuthentication {
  private static final Pattern BASIC =
      Pattern.compile("\\s*Basic\\s+([A-Za-z0-9+/=]+)\\s*", Pattern.CASE_INSENSITIVE);

  private final OAuthClients clients;

  ClientAuthentication(OAuthClients clients) {
    this.clients = clients;
  }

  /**
   * @param secretKnown whether the call shows the client's secret; false only when it shows none
   */
  record Authenticated(OAuthClient client, boolean secretKnown) {}

  /**
   * @throws OAuthError invalid_client, or invalid_client_secret when a secret is given and wrong,
   *     or not given by a client that can keep one
   */
  Authenticated authenticate(Call call, Query parameters) {
    Optional<String[]> basic = call.header("Authorization").flatMap(ClientAuthentication::basic);
    String id =
        parameters
            .first("client_id")
            .or(() -> basic.map(pair -> pair[0]))
            .orElseThrow(OAuthError::invalidClient);
    Optional<String> secret =
        parameters.first("client_secret").or(() -> basic.map(pair -> pair[1]));
    OAuthClient client = clients.find(id).orElseThrow(OAuthError::invalidClient);
    if (secret.isEmpty() && client.type().isPublic()) {
      return new Authenticated(client, false);
    }
    return secret
        .flatMap(text -> clients.find(id, text))
        .map(found -> new Authenticated(found, true))
        .orElseThrow(OAuthError::invalidClientSecret);
  }

  private static Optional<String[]> basic(String header) {
    Matcher matcher = BASIC.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(matcher.group(1));
      String[] pair = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
      return pair.length == 2 && pair[0].indexOf('\0') < 0 ? Optional.of(pair) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
