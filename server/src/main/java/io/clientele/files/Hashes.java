package io.clientele.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which contents are known. */
public final class Hashes {
  private Hashes() {}

  /** SHA-256, at its beginning. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
