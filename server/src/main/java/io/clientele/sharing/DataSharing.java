package io.clientele.sharing;

import io.clientele.access.ShareType;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What users may do with the records of others in each module, when no rule says more. */
public final class DataSharing {
  static final String SHARE_TYPE = "share_type";
  private static final String PUBLIC_IN_PORTALS = "public_in_portals";
  private static final String REGEX =
      Stream.of(ShareType.values()).map(ShareType::word).collect(Collectors.joining("|"));
  private static final Shape SHAPE =
      Shape.empty()
          .text(SHARE_TYPE, 100)
          .object("module", Shape.empty().text("api_name", 100).id("id").require("id"))
          .require(SHARE_TYPE, "module");

  private DataSharing() {}

  /** The modules it can be said of; mails have no owners of their own yet, but a default. */
  static List<Module> modules(Metadata metadata) {
    return metadata.modules().stream().filter(DataSharing::supports).toList();
  }

  public static boolean supports(Module module) {
    return hasRules(module) || module.apiName().equals("Emails");
  }

  /** Whether rules can share records of the module. */
  public static boolean hasRules(Module module) {
    return module.apiSupported() && ShareType.applies(module);
  }

  static boolean isPublicInPortals(Metadata metadata, Module module) {
    return setting(metadata, module)
        .map(one -> one.body().path(PUBLIC_IN_PORTALS).asBoolean(false))
        .orElse(false);
  }

  /** What was said of the module in this org; empty while it is as every org begins. */
  public static Optional<Setting> setting(Metadata metadata, Module module) {
    return metadata.settings(ShareType.NOUN, module.id()).stream().findFirst();
  }

  /** Update Default Organization Permissions: one module of its list. */
  static Done update(MetadataChange change, Item item) {
    SHAPE.check(item);
    checkWord(item);
    var named = new Item((ObjectNode) item.json().get("module"), item.at("module"));
    Module module =
        PathId.parse(named.text("id"))
            .flatMap(change.metadata()::find)
            .filter(DataSharing::supports)
            .filter(one -> !named.has("api_name") || one.apiName().equals(named.text("api_name")))
            .orElseThrow(() -> item.invalid("module"));
    if (isPublicInPortals(change.metadata(), module)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("Cannot change the data sharing setting as module is made public in portals")
          .at("module", item.at("module"));
    }
    update(change, module, item);
    return new Done(
        "data sharing settings updated successfully",
        keys -> keys.text("module", module.apiName()));
  }

  /** Gives the module the {@code share_type} of the item. */
  public static void update(MetadataChange change, Module module, Item item) {
    checkWord(item);
    JsonNode type = item.json().get(SHARE_TYPE);
    Optional<Setting> said = setting(change.metadata(), module);
    ObjectNode body = said.map(Setting::copy).orElseGet(Json.MAPPER::createObjectNode);
    body.set(SHARE_TYPE, type);
    said.ifPresentOrElse(
        setting -> change.update(setting, body),
        () -> change.insert(change.nextId(), ShareType.NOUN, module.id(), module.apiName(), body));
  }

  private static void checkWord(Item item) {
    String word = item.text(SHARE_TYPE);
    if (Stream.of(ShareType.values()).noneMatch(type -> type.word().equals(word))) {
      ApiError wrong = ErrorCode.INVALID_DATA.with("regex", REGEX);
      throw wrong.at(SHARE_TYPE, item.at(SHARE_TYPE));
    }
  }
}
