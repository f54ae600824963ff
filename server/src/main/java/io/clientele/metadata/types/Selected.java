package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that a record has in a pick list. */
public final class Selected {
  private Selected() {}

  /**
   * @param text the value of a pick list, or the array literal of one with several
   */
  public static List<String> values(Field field, @Nullable String text) {
    if (text == null) {
      return List.of();
    }
    return field.type().jsonType().equals("jsonarray") ? Arrays.values(text) : List.of(text);
  }
}
