package io.clientele.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Random secrets in the shapes clients expect, and their hashes. All are random enough (128 bits
 * and more) that a plain SHA-256 is all the hashing they need.
 */
final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int ID_LENGTH = 30;

  private Secrets() {}

  /** An access token, a refresh token or a code: {@code 1000.<32 hex>.<32 hex>}. */
  static String token() {
    return "1000." + hex(16) + "." + hex(16);
  }

  static String clientId() {
    var id = new StringBuilder("1000.");
    RANDOM
        .ints(ID_LENGTH, 0, ID_CHARACTERS.length())
        .forEach(index -> id.append(ID_CHARACTERS.charAt(index)));
    return id.toString();
  }

  static String clientSecret() {
    return hex(21);
  }

  /** The value of a cookie. */
  static String session() {
    return hex(32);
  }

  static byte[] salt() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares without telling by its time where the two differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(hash(one), hash(other));
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
