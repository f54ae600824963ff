package io.clientele.bulk.write;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.records.FileRows.Written;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is told of each row: the first columns of the file, so that people know it again, what
 * became of it, and what was wrong with which column. Reference: Download Bulk Write Result.
 */
final class ResultLines {
  private static final List<String> HEADINGS = List.of("STATUS", "RECORD_ID", "ERRORS");

  /** Characters of a cell. */
  private static final int SHOWN = 255;

  private final Resource resource;
  private final List<String> header;
  private final Map<String, String> columns = new LinkedHashMap<>();

  ResultLines(Resource resource, List<String> header) {
    this.resource = resource;
    this.header = header;
    for (Mapping mapping : resource.mappings()) {
      if (mapping.index() >= 0 && mapping.index() < header.size()) {
        columns.put(mapping.apiName(), shown(header.get(mapping.index())));
      }
    }
  }

  String headings() {
    return write(
        List.of(
            Stream.concat(
                    resource.shown().stream().map(index -> shown(Resource.cell(header, index))),
                    HEADINGS.stream())
                .toList()));
  }

  /** One line for each row, in their order. */
  String lines(List<List<String>> rows, List<Written> written) {
    List<List<String>> lines = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      List<String> line = new ArrayList<>();
      for (int index : resource.shown()) {
        line.add(shown(Resource.cell(rows.get(i), index)));
      }
      Written row = written.get(i);
      line.add(row.status().name());
      line.add(row.id() == 0 ? "" : Long.toString(row.id()));
      line.add(errors(row.errors()));
      lines.add(line);
    }
    return write(lines);
  }

  /** The begin of a text, by which people know it; without what the database does not keep. */
  private static String shown(String text) {
    int end = Math.min(text.length(), SHOWN);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end).replace("\0", "");
  }

  private static String write(List<List<String>> lines) {
    var text = new StringWriter();
    CsvWriter writer =
        CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.LF).build(text);
    lines.forEach(writer::writeRecord);
    return text.toString();
  }

  /** {@code CODE-Column,Column:CODE-Column}. */
  private String errors(List<ApiError> errors) {
    Map<String, Set<String>> byCode = new LinkedHashMap<>();
    errors.forEach(error -> add(byCode, error.code(), error.details()));
    return byCode.entrySet().stream()
        .map(one -> one.getKey() + "-" + String.join(",", one.getValue()))
        .collect(Collectors.joining(":"));
  }

  private void add(Map<String, Set<String>> byCode, ErrorCode code, Map<String, Object> details) {
    if (details.get("errors") instanceof List<?> several) {
      for (Object one : several) {
        if (one instanceof Map<?, ?> error && error.get("details") instanceof Map<?, ?> more) {
          add(byCode, String.valueOf(error.get("code")), more.get("api_name"));
        }
      }
      return;
    }
    add(byCode, word(code, details.get("api_name")), details.get("api_name"));
  }

  private void add(Map<String, Set<String>> byCode, String word, @Nullable Object name) {
    String column = name == null ? "" : columns.getOrDefault(name.toString(), name.toString());
    byCode.computeIfAbsent(word, code -> new LinkedHashSet<>()).add(column);
  }

  /** The few codes that results have. */
  private static String word(ErrorCode code, @Nullable Object name) {
    return switch (code) {
      case MANDATORY_NOT_FOUND, DUPLICATE_DATA, LIMIT_EXCEEDED, RESOURCE_NOT_FOUND -> code.name();
      case NO_PERMISSION, RECORD_LOCKED, ID_ALREADY_CONVERTED, NOT_ALLOWED, CANNOT_PROCESS ->
          ErrorCode.CANNOT_PROCESS.name();
      case INVALID_DATA ->
          Mapping.ID.equals(name) ? ErrorCode.RESOURCE_NOT_FOUND.name() : code.name();
      default -> ErrorCode.INVALID_DATA.name();
    };
  }
}
