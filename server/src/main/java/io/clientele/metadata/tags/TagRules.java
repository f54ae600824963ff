package io.clientele.metadata.tags;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import java.util.List;
import java.util.regex.Pattern;

/** What tags may be called and look like, how many there may be, and who may change them. */
public final class TagRules {
  /** How many tags a module can have. */
  public static final int MODULE_LIMIT = 500;

  /** How many tags a record can carry. */
  public static final int RECORD_LIMIT = 20;

  private static final int MAXIMUM_NAME = 26;
  private static final int MAXIMUM_COLOR = 7;
  private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");
  private static final int EMOJI_SELECTOR = 0xFE0F;

  private TagRules() {}

  /**
   * @param apiName what the error calls the key at {@code path}
   * @throws ApiError INVALID_DATA about a name that no tag can have
   */
  public static void checkName(String name, String apiName, String path) {
    if (name.codePointCount(0, name.length()) > MAXIMUM_NAME) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MAXIMUM_NAME).at(apiName, path);
    }
    if (name.codePoints().anyMatch(TagRules::isSpecial)) {
      throw special(apiName, path);
    }
  }

  /**
   * @throws ApiError INVALID_DATA when {@code color} is no colour such as {@code #57B1FD}
   */
  public static void checkColor(String color, String path) {
    if (color.length() > MAXIMUM_COLOR) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MAXIMUM_COLOR).at("color_code", path);
    }
    if (!COLOR.matcher(color).matches()) {
      throw special("color_code", path);
    }
  }

  /** The module has all the tags it can have. */
  static ApiError moduleIsFull() {
    return ErrorCode.LICENSE_LIMIT_EXCEEDED.error().message("tags edition limit exceeded");
  }

  /** No tag has that id. */
  static ApiError notFound(String id) {
    return ErrorCode.INVALID_DATA.with("id", id).message("tags not found");
  }

  /**
   * The module in the parameter {@code module}, whose records can carry tags.
   *
   * @throws ApiError REQUIRED_PARAM_MISSING or INVALID_MODULE
   */
  static Module module(Metadata metadata, Call call) {
    String name =
        call.query("module")
            .filter(value -> !value.isBlank())
            .orElseThrow(() -> ErrorCode.REQUIRED_PARAM_MISSING.with("param", "module"));
    Module module =
        ModuleParameter.find(metadata, name, call.version())
            .orElseThrow(ErrorCode.INVALID_MODULE::error);
    return requireTags(module);
  }

  /**
   * @throws ApiError INVALID_MODULE when records of {@code module} carry no tags
   */
  public static Module requireTags(Module module) {
    if (!module.apiSupported() || !module.hasTable() || module.field("Tag").isEmpty()) {
      throw ErrorCode.INVALID_MODULE
          .error()
          .message("the given module is not supported for this api");
    }
    return module;
  }

  /**
   * @throws ApiError NO_PERMISSION unless the user may both tag and edit records of the module
   */
  public static void requirePermission(Metadata metadata, long userId, Module module) {
    List<String> needed =
        List.of(
            Action.permission("Tags", module.apiName()),
            Action.UPDATE.permission(module.apiName()));
    if (!needed.stream().allMatch(name -> Access.allows(metadata, userId, name))) {
      throw ErrorCode.NO_PERMISSION.with("permissions", needed);
    }
  }

  private static boolean isSpecial(int character) {
    return character == 0
        || character == '<'
        || character == '>'
        || character == ','
        || character == EMOJI_SELECTOR
        || Character.isEmojiPresentation(character);
  }

  private static ApiError special(String apiName, String path) {
    return ErrorCode.INVALID_DATA
        .error()
        .message("special characters found in the given name")
        .at(apiName, path);
  }
}
