package io.clientele.metadata.layouts;

import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.fields.FieldJson;
import java.util.Locale;

/** Which fields of a layout a client wants to see. */
public enum LayoutMode {
  ALL,
  BUSINESS_CARD,
  QUICK_CREATE;

  /**
   * @throws io.clientele.error.ApiError PATTERN_NOT_MATCHED
   */
  static LayoutMode of(Call call) {
    String name = call.query("mode").orElse("all");
    for (LayoutMode mode : values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw ErrorCode.PATTERN_NOT_MATCHED.with("param_name", "mode");
  }

  boolean shows(Module module, Field field) {
    return switch (this) {
      case ALL -> true;
      case QUICK_CREATE ->
          FieldJson.value(field, "view_type").path("quick_create").asBoolean(false);
      case BUSINESS_CARD ->
          module
              .definition()
              .path("module")
              .path("business_card_fields")
              .valueStream()
              .anyMatch(name -> name.asString("").equals(field.apiName()));
    };
  }
}
