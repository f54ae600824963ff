package io.clientele.files;

import io.clientele.http.Query;
import java.util.List;

/**
 * What a multipart body brought: contents, each kept in the store already, and text fields. The
 * rows that name the contents are still to be added.
 */
public record Upload(List<Content> files, Query fields) {
  /** The content of one file. */
  public record Content(String sha256, long size, String name, String contentType) {}
}
