package io.clientele.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

/** The parts of a multipart/form-data body, one after the other, each read as it arrives. */
public final class Multipart {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int HEADER_BYTES = 8 << 10;

  private Multipart() {}

  /**
   * One part of a form.
   *
   * @param fileName what the client calls its file; empty when the part is no file
   * @param contentType what the client says of it, empty when nothing
   * @param content readable until the next part begins
   */
  public record Part(
      String name, Optional<String> fileName, String contentType, InputStream content) {
    /**
     * The value of a part that is a text field.
     *
     * @throws Malformed when it is longer than {@code most} bytes
     */
    public String text(int most) {
      byte[] bytes = told(() -> content.readNBytes(most + 1));
      if (bytes.length > most) {
        throw new Malformed("the field is too long", null);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** A body that is not the form its content type promises. */
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message, @org.jspecify.annotations.Nullable Exception cause) {
      super(message, cause, false, false);
    }
  }

  /** The boundary in a content type; empty when it is not multipart. */
  public static Optional<String> boundary(String contentType) {
    if (!contentType.regionMatches(true, 0, "multipart/", 0, "multipart/".length())) {
      return Optional.empty();
    }
    return Optional.ofNullable(parameters(contentType).get("boundary"))
        .filter(boundary -> !boundary.isEmpty());
  }

  /**
   * Hands over each part of {@code body}.
   *
   * @throws Malformed when the body is not parted by {@code boundary}, or ends before its end
   */
  public static void read(InputStream body, String boundary, Consumer<Part> parts) {
    MultipartInput input = open(body, boundary);
    for (boolean more = told(input::skipPreamble); more; more = told(input::readBoundary)) {
      readPart(input, parts);
    }
  }

  private static MultipartInput open(InputStream body, String boundary) {
    try {
      MultipartInput input =
          MultipartInput.builder()
              .setInputStream(body)
              .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
              .setBufferSize(BUFFER_BYTES)
              .setMaxPartHeaderSize(HEADER_BYTES)
              .get();
      input.setHeaderCharset(StandardCharsets.UTF_8);
      return input;
    } catch (IOException | IllegalArgumentException e) {
      throw new Malformed("no such boundary", e);
    }
  }

  private interface Step<T> {
    T take() throws IOException;
  }

  private static <T> T told(Step<T> step) {
    try {
      return step.take();
    } catch (IOException e) {
      throw new Malformed("the parts cannot be told", e);
    }
  }

  private static void readPart(MultipartInput input, Consumer<Part> parts) {
    String disposition = "";
    String contentType = "";
    for (String line : headers(input).split("\r\n")) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT)) {
        case "content-disposition" -> disposition = value;
        case "content-type" -> contentType = value;
        default -> {} // what else a client says of its part tells nothing about it
      }
    }
    Map<String, String> parameters = parameters(disposition);
    String name = parameters.get("name");
    var content = new PartContent(input.newInputStream());
    if (name != null) {
      parts.accept(
          new Part(name, Optional.ofNullable(parameters.get("filename")), contentType, content));
    }
    content.skipRest();
  }

  /** The content of a part; an end before its end is a broken form, whoever reads. */
  private static final class PartContent extends InputStream {
    private final InputStream content;

    PartContent(InputStream content) {
      this.content = content;
    }

    @Override
    public int read() {
      return told(content::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return told(() -> content.read(bytes, offset, length));
    }

    void skipRest() {
      var _ = told(() -> transferTo(OutputStream.nullOutputStream()));
    }
  }

  /** Unfolded: a line that begins with a space goes on with the one before. */
  private static String headers(MultipartInput input) {
    return told(input::readHeaders).replaceAll("\r\n[ \t]+", " ");
  }

  private static Map<String, String> parameters(String header) {
    var parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return parser.parse(header, ';');
  }
}
