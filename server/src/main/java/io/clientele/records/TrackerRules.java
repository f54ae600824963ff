package io.clientele.records;

import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Module;

/** The rows of modules that keep a history are the server's alone, unless the module says other. */
final class TrackerRules {
  private TrackerRules() {}

  /**
   * @throws ApiError INVALID_MODULE when clients do not do that with rows of the module
   */
  static void require(Module module, Action action) {
    String flag =
        switch (action) {
          case READ -> "viewable";
          case CREATE -> "creatable";
          case UPDATE -> "editable";
          case DELETE -> "deletable";
        };
    if (module.generatedType().equals("field_tracker")
        && !module.definition().path("module").path(flag).asBoolean(true)) {
      throw ErrorCode.INVALID_MODULE
          .with("resource_path_index", 0)
          .message("The given module is not supported in API");
    }
  }
}
