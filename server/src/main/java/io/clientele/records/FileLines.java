package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.Draft.Child;
import io.clientele.records.FileRows.Written;
import io.clientele.records.FileRows.Written.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes rows of files that hang on records: lines of their subforms, and links of their
 * multi-select and multi-user lookups. They are changes of the records they hang on.
 */
public final class FileLines {
  private final RecordChange change;
  private final Parent parent;
  private final DraftReader reader;

  /**
   * What rows of a module hang on.
   *
   * @param module the module of the records
   * @param field its field that has the rows
   * @param lookup the lookup of a row to its record
   */
  public record Parent(Module module, Field field, Field lookup) {
    /**
     * @throws ApiError NO_PERMISSION when the user's profile does not let rows be written
     */
    public void require(Metadata metadata, long userId) {
      if (!Access.writes(metadata, userId, field)) {
        throw ErrorCode.NO_PERMISSION.with("api_name", field.apiName());
      }
    }
  }

  /** A row, and the record that it hangs on. */
  public record Line(long parentId, ObjectNode row) {}

  public FileLines(RecordChange change, Parent parent) {
    this.change = change;
    this.parent = parent;
    change.require(parent.module, Action.UPDATE);
    Stamp stamp = change.stamp();
    parent.require(stamp.metadata(), stamp.userId());
    reader = DraftReader.ofFile(stamp.metadata(), parent.module, false, stamp.userId());
  }

  /**
   * On what the rows of a subform or of a linking module hang; empty for other modules.
   *
   * @param lookup the field of the row that names the record; a linking module has two of them
   */
  public static Optional<Parent> parentOf(Metadata metadata, Module module, String lookup) {
    for (Module one : metadata.modules()) {
      for (Field field : one.fieldsWithRows()) {
        boolean known = field.linking().isPresent() || !field.modules().isEmpty();
        if (known
            && Children.module(metadata, field).id() == module.id()
            && Children.parentField(metadata, field).apiName().equals(lookup)) {
          return Optional.of(new Parent(one, field, Children.parentField(metadata, field)));
        }
      }
    }
    return Optional.empty();
  }

  /** One outcome for each line, in their order. */
  public List<Written> write(List<Line> lines) {
    var results = new Written[lines.size()];
    // one wrong line spoils the others of its record, which are good by themselves
    List<List<Integer>> singles =
        write(lines, byParent(lines), results).stream()
            .filter(group -> group.size() > 1)
            .flatMap(List::stream)
            .map(List::of)
            .toList();
    var _ = write(lines, singles, results);
    return List.of(results);
  }

  /** The places of the lines of each record, so many together as a record takes at a time. */
  private static List<List<Integer>> byParent(List<Line> lines) {
    List<List<Integer>> groups = new ArrayList<>();
    Map<Long, List<Integer>> open = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      List<Integer> group = open.get(lines.get(i).parentId);
      if (group == null || group.size() == DraftReader.SUBFORM_ROWS) {
        group = new ArrayList<>();
        groups.add(group);
        open.put(lines.get(i).parentId, group);
      }
      group.add(i);
    }
    return groups;
  }

  /** Writes the lines of some records; answers those of which nothing is kept. */
  private List<List<Integer>> write(
      List<Line> lines, List<List<Integer>> groups, Written[] results) {
    List<Draft> drafts = groups.stream().map(group -> draft(lines, group)).toList();
    change.update(parent.module, drafts);
    List<List<Integer>> failed = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      List<Integer> group = groups.get(g);
      Draft draft = drafts.get(g);
      List<Child> children = draft.children().getOrDefault(parent.field, List.of());
      if (!draft.good()) {
        failed.add(group);
      }
      for (int i = 0; i < group.size(); i++) {
        results[group.get(i)] =
            draft.good()
                ? kept(children.get(i).draft())
                : Written.skipped(draft.errors().stream().map(this::ofLine).toList());
      }
    }
    return failed;
  }

  private static Written kept(Draft child) {
    return new Written(
        child.existed() ? Status.UPDATED : Status.ADDED, child.requiredId(), List.of());
  }

  /** What is wrong with the record is said of the line's lookup to it. */
  private ApiError ofLine(ApiError error) {
    return "id".equals(error.details().get("api_name"))
        ? ErrorCode.RESOURCE_NOT_FOUND.with("api_name", parent.lookup.apiName())
        : error;
  }

  private Draft draft(List<Line> lines, List<Integer> group) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    row.put("id", Long.toString(lines.get(group.getFirst()).parentId));
    var rows = row.putArray(parent.field.apiName());
    group.forEach(i -> rows.add(lines.get(i).row));
    return reader.read(row, "$");
  }
}
