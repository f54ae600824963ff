package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row on its way into the database: what the client sent, checked and turned into values; the
 * checks that need the database mark it as failed.
 */
final class Draft {
  private final String path;
  private final Map<Field, @Nullable Object> values = new LinkedHashMap<>();
  private final Map<Field, Long> extraValues = new LinkedHashMap<>();
  private final Map<Field, List<Child>> children = new LinkedHashMap<>();
  private @Nullable Long id;
  private @Nullable Layout layout;
  private @Nullable ApiError error;
  private @Nullable Map<Field, @Nullable Object> asRead;

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

  void setId(long id) {
    this.id = id;
  }

  Optional<Layout> layout() {
    return Optional.ofNullable(layout);
  }

  void setLayout(Layout layout) {
    this.layout = layout;
  }

  /** The first thing found wrong with it. */
  Optional<ApiError> error() {
    return Optional.ofNullable(error);
  }

  void reject(ApiError why) {
    if (error == null) {
      error = why;
    }
  }

  /** Takes back what writing made of the values, for the case that the work is done once more. */
  void restart() {
    if (asRead == null) {
      asRead = new LinkedHashMap<>(values);
    } else {
      values.clear();
      values.putAll(asRead);
    }
  }

  boolean good() {
    return error == null;
  }
}
