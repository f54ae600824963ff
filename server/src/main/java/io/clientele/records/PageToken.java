package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A position in a sorted list, as an opaque text of at most 96 characters: signed, for one user and
 * one set of parameters, and good for a day.
 *
 * @param offset how many rows lie before the position
 * @param backward whether the page ends there instead of beginning there
 * @param sortValue the value sorted by of the row at the position: an id, or seconds since 1970
 * @param id the id of that row
 * @param expiry when the token ceases to be good
 */
public record PageToken(int offset, boolean backward, long sortValue, long id, Instant expiry) {
  static final Duration LIFETIME = Duration.ofHours(24);

  private static final int MAC_BYTES = 16;
  private static final int PAYLOAD_BYTES = 1 + 4 + 8 + 8 + 8 + 8;

  /**
   * A hash of a call's parameters, for tokens to be bound to.
   *
   * @param path what the parameters are of
   * @param unbound parameters that may differ from page to page
   */
  public static long parameters(Call call, String path, Set<String> unbound) {
    var sorted = new TreeMap<String, String>();
    for (String name : call.query().names()) {
      if (!unbound.contains(name)) {
        sorted.put(name, call.query(name).orElse(""));
      }
    }
    return hash(path + sorted);
  }

  /** FNV-1a. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** What a token is bound to. */
  public record Binding(long orgId, long userId, long parameters) {}

  /** Writes and reads tokens with one key. */
  public record Codec(byte[] key, Clock clock) {
    /** When tokens written now cease to be good. */
    public Instant expiry() {
      return clock.instant().plus(LIFETIME);
    }

    /** The token as text. */
    public String write(PageToken token, Binding binding) {
      byte[] payload =
          ByteBuffer.allocate(PAYLOAD_BYTES)
              .put((byte) (token.backward ? 1 : 0))
              .putInt(token.offset)
              .putLong(token.sortValue)
              .putLong(token.id)
              .putLong(token.expiry.getEpochSecond())
              .putLong(binding.parameters)
              .array();
      byte[] whole = Arrays.copyOf(payload, PAYLOAD_BYTES + MAC_BYTES);
      System.arraycopy(mac(payload, binding), 0, whole, PAYLOAD_BYTES, MAC_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * @throws ApiError INVALID_DATA when it is broken or another user's, EXPIRED_VALUE,
     *     TOKEN_BOUND_DATA_MISMATCH when the parameters are not those it was given for
     */
    public PageToken read(String text, Binding binding) {
      ApiError invalid =
          ErrorCode.INVALID_DATA
              .with("param_name", "page_token")
              .message("The token given seems to be invalid");
      byte[] whole;
      try {
        whole = Base64.getUrlDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        throw invalid;
      }
      if (whole.length != PAYLOAD_BYTES + MAC_BYTES) {
        throw invalid;
      }
      byte[] payload = Arrays.copyOf(whole, PAYLOAD_BYTES);
      byte[] mac = Arrays.copyOfRange(whole, PAYLOAD_BYTES, whole.length);
      if (!java.security.MessageDigest.isEqual(mac, mac(payload, binding))) {
        throw invalid;
      }
      var in = ByteBuffer.wrap(payload);
      boolean backward = in.get() == 1;
      var token =
          new PageToken(
              in.getInt(),
              backward,
              in.getLong(),
              in.getLong(),
              Instant.ofEpochSecond(in.getLong()));
      if (in.getLong() != binding.parameters) {
        throw ErrorCode.TOKEN_BOUND_DATA_MISMATCH.with("param_name", "page_token");
      }
      if (!clock.instant().isBefore(token.expiry)) {
        throw ErrorCode.EXPIRED_VALUE.error().at("page_token", "$.query.page_token");
      }
      return token;
    }

    private byte[] mac(byte[] payload, Binding binding) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(payload);
        mac.update(ByteBuffer.allocate(16).putLong(binding.orgId).putLong(binding.userId).array());
        return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
