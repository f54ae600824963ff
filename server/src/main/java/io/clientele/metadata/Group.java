package io.clientele.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users taken together. */
public record Group(long id, String name, @Nullable String description, List<Source> sources) {
  /**
   * Whom a group, a sharing rule or a view means.
   *
   * @param type users, roles, groups, territories or all_users
   * @param below with the roles or territories below that one
   */
  public record Source(String type, long id, boolean below) {}
}
