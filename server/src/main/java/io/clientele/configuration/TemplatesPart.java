package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.templates.TemplateKind;
import io.clientele.metadata.templates.Templates;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Templates of one kind that belong to a module. */
final class TemplatesPart implements Part {
  private static final List<String> COPIED =
      List.of("subject", "content", "category", "editor_mode", "active", "consent_linked");

  private final TemplateKind kind;
  private final Templates templates;

  TemplatesPart(TemplateKind kind) {
    this.kind = kind;
    this.templates = new Templates(kind);
  }

  @Override
  public String name() {
    return kind.noun() + "s";
  }

  @Override
  public List<String> keys() {
    return List.of("name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    return metadata.settings(kind.noun(), Objects.requireNonNull(module).id()).stream()
        .map(template -> new Described(template.id(), form(template), true))
        .toList();
  }

  private static ObjectNode form(Setting template) {
    ObjectNode form = Json.MAPPER.createObjectNode().put("name", template.apiName());
    for (String name : COPIED) {
      if (template.body().hasNonNull(name)) {
        form.set(name, template.body().get(name));
      }
    }
    return form;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    item.json().putObject("module").put("api_name", Objects.requireNonNull(module).apiName());
    var _ = templates.create(change, item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    item.json().put("id", Long.toString(id));
    var _ = templates.update(change, item);
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    var _ = templates.delete(change, Long.toString(id));
  }
}
