package io.clientele.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.clientele.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A module's records as CSV files: by bulk read, and where that is not offered (notes, attachments)
 * by lists.
 */
final class ServerPages {
  private static final String V8 = "/crm/v8/";
  private static final String BULK = "/crm/bulk/v8/read";
  private static final int LIST_PAGES = 25;
  private static final int PER_PAGE = 200;
  private static final Duration FIRST_POLL = Duration.ofSeconds(1);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofHours(12);

  /** What a page is followed by: {@code page N}, {@code token T}, or nothing. */
  private static final String END = "end";

  private final ApiClient api;
  private final WorkFiles files;
  private final Consumer<Duration> pause;

  ServerPages(ApiClient api, WorkFiles files, Consumer<Duration> pause) {
    this.api = api;
    this.files = files;
    this.pause = pause;
  }

  private static String name(String module, int number) {
    return module + "_" + number;
  }

  /** A file of the module's records; empty when there are no more. */
  Optional<CsvPart> bulk(String module, int number) {
    String zip = name(module, number) + ".zip";
    if (!files.has(zip)) {
      String follows = number == 1 ? "page 1" : next(module, number - 1);
      if (follows.equals(END)) {
        return Optional.empty();
      }
      fetch(module, number, follows, zip);
    }
    Path file = files.path(zip);
    return Optional.of(new CsvPart(module + " " + number, () -> entry(file)));
  }

  /** What comes after a page; when that was lost, the page of the next number. */
  private String next(String module, int number) {
    return files.text(name(module, number) + ".next").orElse("page " + (number + 1));
  }

  private static InputStream entry(Path file) throws IOException {
    if (Files.size(file) == 0) {
      return InputStream.nullInputStream();
    }
    var zip = new ZipInputStream(Files.newInputStream(file));
    return zip.getNextEntry() == null ? InputStream.nullInputStream() : zip;
  }

  private void fetch(String module, int number, String follows, String zip) {
    String jobFile = name(module, number) + ".job";
    Optional<JsonNode> result = files.text(jobFile).flatMap(this::finished);
    if (result.isEmpty()) {
      String job = create(module, follows);
      files.write(jobFile, job);
      result = finished(job);
    }
    JsonNode read =
        result.orElseThrow(
            () -> new ImportException(api.url() + " could not read " + module + " in bulk."));
    String path = BULK + "/" + files.text(jobFile).orElseThrow() + "/result";
    if (read.path("count").asLong(1) == 0) {
      files.write(zip, "");
    } else {
      files.make(zip, file -> api.download(path, file));
    }
    String token = read.path("next_page_token").asString("");
    boolean more = read.path("more_records").asBoolean(false);
    files.write(
        name(module, number) + ".next",
        !more
            ? END
            : token.isEmpty() ? "page " + (read.path("page").asInt(number) + 1) : "token " + token);
    files.delete(jobFile);
  }

  private String create(String module, String follows) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ObjectNode query = body.putObject("query");
    query.putObject("module").put("api_name", module);
    if (follows.startsWith("token ")) {
      query.put("page_token", follows.substring("token ".length()));
    } else {
      query.put("page", Integer.parseInt(follows.substring("page ".length())));
    }
    return api.post(BULK, body).path("data").path(0).path("details").path("id").asString();
  }

  /** Waits for the end of a read; empty when it failed or nobody knows of it. */
  private Optional<JsonNode> finished(String job) {
    Duration wait = FIRST_POLL;
    Duration waited = Duration.ZERO;
    while (true) {
      JsonNode data;
      try {
        data = api.get(BULK + "/" + job).path("data").path(0);
      } catch (ApiClient.Refused e) {
        return Optional.empty();
      }
      switch (data.path("state").asString("")) {
        case "COMPLETED" -> {
          return Optional.of(data.path("result"));
        }
        case "FAILURE", "FAILED" -> {
          return Optional.empty();
        }
        case "ADDED", "SCHEDULED", "QUEUED", "IN PROGRESS", "IN_PROGRESS" -> {
          if (waited.compareTo(LONGEST) > 0) {
            throw new ImportException(
                api.url()
                    + " has not ended the bulk read "
                    + job
                    + " for %d hours; do the import once more later.".formatted(LONGEST.toHours()));
          }
          waited = waited.plus(wait);
          pause.accept(wait);
          wait =
              wait.multipliedBy(2).compareTo(LONGEST_POLL) > 0
                  ? LONGEST_POLL
                  : wait.multipliedBy(2);
        }
        default ->
            throw new ImportException(
                api.url()
                    + " calls the bulk read "
                    + job
                    + " '%s', which is not known.".formatted(data.path("state").asString("")));
      }
    }
  }

  /**
   * The same from lists.
   *
   * @param path of the list, such as {@code Notes}
   * @param fields what it is asked for
   */
  Optional<CsvPart> listed(String path, List<String> fields, int number) {
    String csv = name(path, number) + ".csv";
    if (!files.has(csv)) {
      String follows = number == 1 ? "page 1" : next(path, number - 1);
      if (follows.startsWith("page ") && number > 1) {
        follows = walk(path, fields, number);
      }
      if (follows.equals(END)) {
        return Optional.empty();
      }
      String first = follows;
      files.make(
          csv,
          file ->
              files.write(
                  name(path, number) + ".next", list(path, fields, first, Optional.of(file))));
    }
    Path file = files.path(csv);
    return Optional.of(new CsvPart(path + " " + number, () -> Files.newInputStream(file)));
  }

  /** Goes through the pages before once more, because what leads on was lost. */
  private String walk(String path, List<String> fields, int number) {
    String follows = "page 1";
    for (int i = 1; i < number && !follows.equals(END); i++) {
      follows = list(path, fields, follows, Optional.empty());
    }
    return follows;
  }

  /** Writes some pages of a list; answers what follows them. */
  private String list(String path, List<String> fields, String first, Optional<Path> file) {
    String follows = first;
    var rows = new ArrayList<JsonNode>();
    for (int i = 0; i < LIST_PAGES && !follows.equals(END); i++) {
      JsonNode page = api.get(V8 + address(path, fields, follows));
      page.path("data").forEach(rows::add);
      follows = follows(page);
    }
    file.ifPresent(target -> write(target, fields, rows));
    return follows;
  }

  private static String address(String path, List<String> fields, String follows) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("fields", String.join(",", fields));
    parameters.put("per_page", Integer.toString(PER_PAGE));
    if (follows.startsWith("token ")) {
      parameters.put("page_token", follows.substring("token ".length()));
    }
    return ApiClient.path(path, parameters);
  }

  private static String follows(JsonNode page) {
    JsonNode info = page.path("info");
    String token = info.path("next_page_token").asString("");
    return info.path("more_records").asBoolean(false) && !token.isEmpty() ? "token " + token : END;
  }

  /** As the product's own backups have it: an id and a name for what names a record. */
  static void write(Path file, List<String> fields, List<JsonNode> rows) {
    try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
      var headings = new ArrayList<String>(List.of("id", "$se_module"));
      fields.forEach(field -> headings.addAll(List.of(field, field + ".id", field + ".module")));
      csv.writeRecord(headings);
      for (JsonNode row : rows) {
        var cells = new ArrayList<String>();
        cells.add(row.path("id").asString(""));
        cells.add(row.path("$se_module").asString(""));
        for (String field : fields) {
          cells.addAll(cells(row.path(field)));
        }
        csv.writeRecord(cells);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> cells(JsonNode value) {
    if (value.isObject() && value.has("id")) {
      JsonNode module = value.path("module");
      return List.of(
          value.path("name").asString(""),
          value.path("id").asString(""),
          ServerShape.nameOf(module));
    }
    if (value.isMissingNode() || value.isNull()) {
      return List.of("", "", "");
    }
    return List.of(value.isValueNode() ? value.asString() : value.toString(), "", "");
  }

  /** Forgets a file that was read to its end. */
  void done(String module, int number) {
    files.delete(name(module, number) + ".zip");
    files.delete(name(module, number) + ".csv");
  }
}
