package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.views.CustomViews;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Custom views of a module; those that came with the org when they were changed. */
final class CustomViewsPart implements Part {
  private final CustomViews views = new CustomViews();

  @Override
  public String name() {
    return "custom_views";
  }

  @Override
  public List<String> keys() {
    return List.of("name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    return metadata.settings("custom_view", Objects.requireNonNull(module).id()).stream()
        .map(
            view ->
                new Described(
                    view.id(),
                    form(view),
                    !view.body().path("system_defined").asBoolean(false)
                        || view.modifiedTime().isAfter(view.createdTime())))
        .toList();
  }

  private static ObjectNode form(Setting view) {
    JsonNode body = view.body();
    boolean system = body.path("system_defined").asBoolean(false);
    ObjectNode form = Json.MAPPER.createObjectNode();
    form.put("name", body.path("name").asString(view.apiName()));
    if (!system) {
      form.put("access_type", body.path("access_type").asString("public"));
    }
    ArrayNode fields = form.putArray("fields");
    body.path("fields").forEach(field -> fields.add(CriteriaForm.named(field)));
    if (!system && body.path("criteria").isObject()) {
      form.set("criteria", CriteriaForm.of(body.path("criteria")));
    }
    if (body.hasNonNull("sort_by")) {
      form.set("sort_by", CriteriaForm.named(body.path("sort_by")));
      form.set("sort_order", body.path("sort_order"));
    }
    return form;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    var _ = views.create(change, Objects.requireNonNull(module), item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    Setting view = change.metadata().setting("custom_view", id).orElseThrow();
    var _ = views.update(change, Objects.requireNonNull(module), view, item);
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    var _ = views.delete(change, Objects.requireNonNull(module), Long.toString(id));
  }
}
