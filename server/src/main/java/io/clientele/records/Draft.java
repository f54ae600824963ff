package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row on its way into the database: what the client sent, checked and turned into values; the
 * checks that need the database mark it as failed.
 */
final class Draft {
  private final String path;
  private final Map<Field, @Nullable Object> values = new LinkedHashMap<>();
  private final Set<Field> appended = new LinkedHashSet<>();
  private final Map<Field, Long> extraValues = new LinkedHashMap<>();
  private final Map<Field, List<Child>> children = new LinkedHashMap<>();
  private @Nullable Long given;
  private @Nullable Long id;
  private @Nullable Layout layout;
  private final List<ApiError> errors = new ArrayList<>();
  private @Nullable AsRead asRead;
  private boolean invites;
  private @Nullable Draft next;

  /** A row of a subform or of a linking module, with its own draft. */
  record Child(Draft draft, boolean delete) {}

  /**
   * @param path where the row stands in the body, such as {@code $.data[0]}
   */
  Draft(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** Where a field's value stands in the body. */
  String path(String name) {
    return path + "." + name;
  }

  void set(Field field, @Nullable Object value) {
    values.put(field, value);
  }

  /** The module that the id in {@code field} belongs to, for lookups to several modules. */
  void setModule(Field field, long moduleId) {
    extraValues.put(field, moduleId);
  }

  /** Lets the field's values join those that the record has. */
  void append(Field field) {
    appended.add(field);
  }

  Set<Field> appended() {
    return appended;
  }

  Map<Field, @Nullable Object> values() {
    return values;
  }

  Map<Field, Long> modules() {
    return extraValues;
  }

  void addChild(Field field, Child child) {
    children.computeIfAbsent(field, key -> new ArrayList<>()).add(child);
  }

  /** Marks that the client sent the field's rows, even if none. */
  void hasChildren(Field field) {
    children.computeIfAbsent(field, key -> new ArrayList<>());
  }

  Map<Field, List<Child>> children() {
    return children;
  }

  Optional<Long> id() {
    return Optional.ofNullable(id);
  }

  long requiredId() {
    return id().orElseThrow();
  }

  /** The id that the client named. */
  void setGivenId(long id) {
    this.given = id;
    this.id = id;
  }

  /** The id that a new row gets. */
  void setId(long id) {
    this.id = id;
  }

  /** Whether the client named it by an id, so that it is no new row. */
  boolean existed() {
    return given != null;
  }

  Optional<Layout> layout() {
    return Optional.ofNullable(layout);
  }

  void setLayout(Layout layout) {
    this.layout = layout;
  }

  /** The same row for the record {@code id}. */
  Draft copyFor(long id) {
    var copy = new Draft(path);
    copy.values.putAll(values);
    copy.extraValues.putAll(extraValues);
    copy.appended.addAll(appended);
    copy.layout = layout;
    copy.errors.addAll(errors);
    copy.setGivenId(id);
    return copy;
  }

  /** The first thing found wrong with it. */
  Optional<ApiError> error() {
    return errors.stream().findFirst();
  }

  /** All that was found wrong with it. */
  List<ApiError> errors() {
    return List.copyOf(errors);
  }

  void reject(ApiError why) {
    errors.add(why);
  }

  /** What was wrong with it is no longer in it. */
  void forgive() {
    errors.clear();
  }

  /** Marks that those who take part are to be invited. */
  void invite() {
    invites = true;
  }

  boolean invites() {
    return invites;
  }

  /** A row of another module that is to be added once this one is written. */
  void setNext(@Nullable Draft row) {
    next = row;
  }

  Optional<Draft> next() {
    return Optional.ofNullable(next);
  }

  /** Another row that says the same. */
  Draft copy() {
    var copy = new Draft(path);
    copy.values.putAll(values);
    copy.extraValues.putAll(extraValues);
    children.forEach(
        (field, rows) ->
            copy.children.put(
                field,
                new ArrayList<>(
                    rows.stream().map(row -> new Child(row.draft.copy(), row.delete)).toList())));
    copy.given = given;
    copy.id = id;
    copy.layout = layout;
    copy.errors.addAll(errors);
    copy.invites = invites;
    return copy;
  }

  /** Takes back what writing made of it, for the case that the work is done once more. */
  void restart() {
    next = null;
    if (asRead == null) {
      asRead = new AsRead(new LinkedHashMap<>(values), errors());
    } else {
      values.clear();
      values.putAll(asRead.values);
      errors.clear();
      errors.addAll(asRead.errors);
      id = given;
    }
    children.values().forEach(rows -> rows.forEach(row -> row.draft.restart()));
  }

  private record AsRead(Map<Field, @Nullable Object> values, List<ApiError> errors) {}

  boolean good() {
    return errors.isEmpty();
  }
}
