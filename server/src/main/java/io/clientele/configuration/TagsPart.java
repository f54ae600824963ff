package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Tag;
import io.clientele.metadata.tags.TagService;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tags of a module. */
final class TagsPart implements Part {
  @Override
  public String name() {
    return "tags";
  }

  @Override
  public List<String> keys() {
    return List.of("name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    long moduleId = Objects.requireNonNull(module).id();
    return metadata.tags().stream()
        .filter(tag -> tag.moduleId() == moduleId)
        .sorted(Comparator.comparing(Tag::id))
        .map(tag -> new Described(tag.id(), form(tag), true))
        .toList();
  }

  private static ObjectNode form(Tag tag) {
    ObjectNode form = Json.MAPPER.createObjectNode().put("name", tag.name());
    if (tag.colorCode() != null) {
      form.put("color_code", tag.colorCode());
    }
    return form;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    var _ = service(change).create(change, Objects.requireNonNull(module), item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    item.json().set("name", current.get("name"));
    var _ = service(change).update(change, Objects.requireNonNull(module), id, item);
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    service(change).delete(change, List.of(id));
  }

  private static TagService service(MetadataChange change) {
    return new TagService(change.metadata(), change.userId());
  }
}
