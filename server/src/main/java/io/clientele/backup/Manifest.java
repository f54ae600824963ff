package io.clientele.backup;

import java.util.List;
import java.util.Objects;

/**
 * What a backup has for its restoring, and how to know that it is whole.
 *
 * @param format how it is written down
 * @param orgVersion the version of the org's schema
 * @param orgId the org's number, which a restored org gets if it is free
 * @param tables all tables of the org's schema, with their rows
 * @param sequences the sequences with the last number each has given
 * @param contents lists of the contents of files: their hash, size, ZIP file and entry in it
 */
record Manifest(
    int format,
    int orgVersion,
    long orgId,
    String orgName,
    String time,
    List<Table> tables,
    List<Sequence> sequences,
    List<Part> contents) {
  static final int FORMAT = 1;
  static final String ENTRY = "manifest.json";

  /** The beginning of the names of the ZIP files with what a restore reads. */
  static final String ZIP = "Clientele";

  Manifest {
    Objects.requireNonNull(orgName);
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
    contents = List.copyOf(contents);
  }

  record Table(String name, List<String> columns, List<Part> parts) {
    Table {
      Objects.requireNonNull(name);
      columns = List.copyOf(columns);
      parts = List.copyOf(parts);
    }

    long rows() {
      return parts.stream().mapToLong(Part::rows).sum();
    }
  }

  /** An entry of a ZIP file: lines of text, the fields of a line parted by tabs. */
  record Part(String zip, String entry, String sha256, long bytes, long rows) {
    Part {
      Objects.requireNonNull(zip);
      Objects.requireNonNull(entry);
      Objects.requireNonNull(sha256);
    }
  }

  record Sequence(String name, long last) {
    Sequence {
      Objects.requireNonNull(name);
    }
  }
}
