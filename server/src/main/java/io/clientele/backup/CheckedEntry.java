package io.clientele.backup;

import io.clientele.files.Hashes;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipException;

/** An entry that must have a certain length and hash; what reads it on learns when it has not. */
final class CheckedEntry extends FilterInputStream {
  private final String name;
  private final long length;
  private final String sha256;
  private final MessageDigest digest = Hashes.sha256();
  private long read;
  private boolean ended;

  CheckedEntry(InputStream in, String name, long length, String sha256) {
    super(in);
    this.name = name;
    this.length = length;
    this.sha256 = sha256;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int most) throws IOException {
    int count;
    try {
      count = super.read(bytes, offset, most);
    } catch (ZipException e) {
      throw new RestoreException("The backup is damaged at " + name + ".", e);
    }
    if (count > 0) {
      read += count;
      digest.update(bytes, offset, count);
    }
    if (read > length || (count < 0 && !ended && !isRight())) {
      throw new RestoreException("The backup is not what was written: " + name + ".");
    }
    ended |= count < 0;
    return count;
  }

  private boolean isRight() {
    return read == length && HexFormat.of().formatHex(digest.digest()).equals(sha256);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
