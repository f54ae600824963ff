package io.clientele.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.fileupload2.core.FileUploadException;
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
      try {
        byte[] bytes = content.readNBytes(most + 1);
        if (bytes.length > most) {
          throw new Malformed("the field is too long", null);
        }
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new Malformed("the part does not end", e);
      }
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
    try {
      MultipartInput input =
          MultipartInput.builder()
              .setInputStream(body)
              .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
              .setBufferSize(BUFFER_BYTES)
              .setMaxPartHeaderSize(HEADER_BYTES)
              .get();
      input.setHeaderCharset(StandardCharsets.UTF_8);
      for (boolean more = input.skipPreamble(); more; more = input.readBoundary()) {
        readPart(input, parts);
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new Malformed("the parts cannot be told", e);
    }
  }

  private static void readPart(MultipartInput input, Consumer<Part> parts) throws IOException {
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
    try (InputStream content = input.newInputStream()) {
      if (name != null) {
        parts.accept(
            new Part(name, Optional.ofNullable(parameters.get("filename")), contentType, content));
      }
    }
  }

  /** Unfolded: a line that begins with a space goes on with the one before. */
  private static String headers(MultipartInput input) throws FileUploadException {
    return input.readHeaders().replaceAll("\r\n[ \t]+", " ");
  }

  private static Map<String, String> parameters(String header) {
    var parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return parser.parse(header, ';');
  }
}
