package io.clientele.files;

import java.nio.charset.StandardCharsets;

/** Names of files, as clients give and take them. */
public final class FileNames {
  /** How long the name of an attachment may be. */
  private static final int MAXIMUM = 250;

  private static final String PLAIN = "!#$&+-.^_`|~"; // beside letters and digits, RFC 8187

  private FileNames() {}

  /**
   * The last part of what a client says, which may be a path of its own machine, without what no
   * name can have, cut where it is too long; the ending stays.
   */
  static String of(String said) {
    String name =
        said.substring(Math.max(said.lastIndexOf('/'), said.lastIndexOf('\\')) + 1)
            .replaceAll("\\p{Cntrl}", "")
            .strip();
    int length = name.codePointCount(0, name.length());
    if (length > MAXIMUM) {
      int dot = name.lastIndexOf('.');
      String ending = dot > 0 && name.length() - dot <= 20 ? name.substring(dot) : "";
      int kept = MAXIMUM - ending.codePointCount(0, ending.length());
      name = name.substring(0, name.offsetByCodePoints(0, kept)) + ending;
    }
    return name.isEmpty() ? "file" : name;
  }

  /** The value of Content-Disposition for a download; SDKs need exactly this form. */
  static String disposition(String name) {
    var text = new StringBuilder("attachment; filename*=UTF-8''");
    for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (one & 0xff);
      if (isPlain(letter)) {
        text.append(letter);
      } else {
        text.append('%').append("%02X".formatted((int) letter));
      }
    }
    return text.toString();
  }

  private static boolean isPlain(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || PLAIN.indexOf(letter) >= 0;
  }
}
