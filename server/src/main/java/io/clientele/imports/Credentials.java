package io.clientele.imports;

import java.net.URI;
import java.util.Optional;

/**
 * How another server lets the import in.
 *
 * @param url its address, such as {@code https://www.zohoapis.com}
 * @param token an access token; empty when one is to be had by the refresh token
 * @param refreshToken with client and accounts, gets access tokens as long as it takes
 */
public record Credentials(URI url, Optional<String> token, Optional<RefreshToken> refreshToken) {
  /**
   * What access tokens are had by.
   *
   * @param accounts the address of the server that gives them
   */
  public record RefreshToken(URI accounts, String token, String clientId, String clientSecret) {}
}
