package io.clientele.records.merge;

import java.util.List;
import java.util.Optional;

/**
 * Which records go into which, and what of them is kept.
 *
 * @param masterFields what the client says of the files that stay
 * @param children the records that go, with what is taken from each
 */
record MergeRequest(long master, List<Chosen> masterFields, List<Child> children) {
  /**
   * A field whose value is kept.
   *
   * @param path where it is named
   * @param files of a field with files, those that are kept; empty for all other fields
   */
  record Chosen(String apiName, String path, Optional<List<String>> files) {}

  /** A record that goes. */
  record Child(long id, String path, List<Chosen> fields) {
    boolean has(String apiName) {
      return fields.stream().anyMatch(field -> field.apiName.equals(apiName));
    }

    Optional<Chosen> find(String apiName) {
      return fields.stream().filter(field -> field.apiName.equals(apiName)).findFirst();
    }
  }

  List<Long> childIds() {
    return children.stream().map(Child::id).toList();
  }
}
