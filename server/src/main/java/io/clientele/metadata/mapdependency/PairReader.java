package io.clientele.metadata.mapdependency;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MapDependency;
import io.clientele.metadata.MapDependency.Pair;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The two fields that a body names as parent and child. */
final class PairReader {
  private final Metadata metadata;
  private final Module module;
  private final Layout layout;

  PairReader(Metadata metadata, Module module, Layout layout) {
    this.metadata = metadata;
    this.module = module;
    this.layout = layout;
  }

  /** A field and the module that has it: this one, or that of a subform. */
  private record Found(Module module, Field field) {}

  Pair read(Item item) {
    Found parent = field(item, "parent");
    Found child = field(item, "child");
    if (parent.field.id() == child.field.id()) {
      throw invalid(item, "child", "id", "The parent and child fieldid cannot be same");
    }
    if (parent.module != child.module) {
      throw invalid(item, "child", "id", "invalid child fieldid");
    }
    requireUsed(item, "parent", parent);
    requireUsed(item, "child", child);
    return new Pair(parent.module, parent.field, child.field);
  }

  private Found field(Item item, String role) {
    var named = new Item((ObjectNode) item.json().get(role), item.at(role));
    Found found =
        MapDependency.modules(metadata, module)
            .flatMap(
                in ->
                    in.field(Long.parseLong(named.text("id"))).stream()
                        .map(field -> new Found(in, field)))
            .findFirst()
            .filter(one -> isPickList(one.field, role))
            .orElseThrow(() -> invalid(item, role, "id", "invalid " + role + " fieldid"));
    if (named.has("api_name") && !named.text("api_name").equals(found.field.apiName())) {
      throw otherName(item, role, named.text("api_name"));
    }
    return found;
  }

  /** A child may have several values. */
  private static boolean isPickList(Field field, String role) {
    return field.dataType().equals("picklist")
        || field.dataType().equals("multiselectpicklist") && role.equals("child");
  }

  private ApiError otherName(Item item, String role, String name) {
    Optional<Field> other =
        MapDependency.modules(metadata, module).flatMap(in -> in.field(name).stream()).findFirst();
    if (other.isEmpty()) {
      return invalid(item, role, "api_name", "The given api name is invalid");
    }
    return ErrorCode.AMBIGUITY_DURING_PROCESSING
        .with(
            "ambiguity_due_to",
            List.of(
                Map.of("api_name", "id", "json_path", item.at(role) + ".id"),
                Map.of("api_name", "api_name", "json_path", item.at(role) + ".api_name")))
        .message("Ambiguity while processing the request");
  }

  private void requireUsed(Item item, String role, Found found) {
    boolean used =
        found.module == module
            ? layout.fields().contains(found.field.apiName())
            : module.fieldsWithRows().stream()
                .filter(field -> field.modules().contains(found.module.apiName()))
                .anyMatch(field -> layout.fields().contains(field.apiName()));
    if (!used) {
      String label = role.equals("parent") ? "Parent" : "Child";
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message(label + " fieldid is in unused fields list of the layout")
          .at("id", item.at(role) + ".id");
    }
  }

  private static ApiError invalid(Item item, String role, String key, String message) {
    return ErrorCode.INVALID_DATA.error().message(message).at(key, item.at(role) + "." + key);
  }
}
