package io.clientele.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** A multipart/form-data body, made as it is sent. */
public final class Form {
  private static final String BOUNDARY = "----------6f2c1d9e";

  private final List<Supplier<InputStream>> pieces = new ArrayList<>();
  private long length;

  /** A form with one file. */
  public static Form file(String name, byte[] content) {
    return new Form().add("file", name, content);
  }

  public static Form file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Another file. */
  public Form add(String part, String fileName, byte[] content) {
    return add(part, fileName, content.length, () -> new ByteArrayInputStream(content));
  }

  /** Another file, which need not fit into memory. */
  public Form add(String part, String fileName, long size, Supplier<InputStream> content) {
    text(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                .formatted(BOUNDARY, part, fileName)
            + "Content-Type: application/octet-stream\r\n\r\n");
    pieces.add(content);
    length += size;
    return text("\r\n");
  }

  /** A text field. */
  public Form add(String part, String value) {
    return text(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(BOUNDARY, part, value));
  }

  /** Bytes as they are, between or inside parts. */
  public Form text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    pieces.add(() -> new ByteArrayInputStream(bytes));
    length += bytes.length;
    return this;
  }

  String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  BodyPublisher publisher() {
    byte[] end = ("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(
            () ->
                new SequenceInputStream(
                    new SequenceInputStream(
                        Collections.enumeration(pieces.stream().map(Supplier::get).toList())),
                    new ByteArrayInputStream(end))),
        length + end.length);
  }
}
