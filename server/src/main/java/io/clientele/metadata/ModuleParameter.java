package io.clientele.metadata;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.ApiVersion;
import io.clientele.http.Call;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The module a client names where an operation is about one. */
public final class ModuleParameter {
  private ModuleParameter() {}

  /**
   * The module in the parameter {@code module}.
   *
   * @throws io.clientele.error.ApiError REQUIRED_PARAM_MISSING, INVALID_MODULE or NOT_SUPPORTED
   */
  public static Module of(Metadata metadata, Call call) {
    return of(metadata, call, call.requiredQuery("module"));
  }

  /**
   * The modules in the parameter {@code module}, parted by commas, each once.
   *
   * @throws io.clientele.error.ApiError as with one
   */
  public static List<Module> several(Metadata metadata, Call call) {
    return Arrays.stream(call.requiredQuery("module").split(",", -1))
        .map(name -> of(metadata, call, name))
        .distinct()
        .toList();
  }

  private static Module of(Metadata metadata, Call call, String name) {
    Module module =
        find(metadata, name, call.version())
            .orElseThrow(() -> ErrorCode.INVALID_MODULE.with("param_name", "module"));
    if (!module.apiSupported() && !isSubform(module)) {
      throw notSupported();
    }
    return module;
  }

  /** NOT_SUPPORTED about the parameter: the operation has nothing to say of that module. */
  public static ApiError notSupported() {
    return ErrorCode.NOT_SUPPORTED
        .with("param_name", "module")
        .status(400)
        .message("the given module is not supported in api");
  }

  /** Clients need the fields of every subform, also of those without records of their own. */
  private static boolean isSubform(Module module) {
    return module.generatedType().equals("subform");
  }

  /** The module of that API name, whatever its case, if it answers in that version. */
  public static Optional<Module> find(Metadata metadata, String name, ApiVersion version) {
    return metadata.find(name).filter(module -> answers(module, version));
  }

  /** Whether the module is there for clients of that version; combined modules went with v3. */
  public static boolean answers(Module module, ApiVersion version) {
    return module.unionOf().isEmpty() || version.hasActivities();
  }
}
