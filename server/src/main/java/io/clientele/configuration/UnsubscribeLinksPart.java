package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.unsubscribelinks.UnsubscribeLinkService;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Unsubscribe links, but for the one that every org has. */
final class UnsubscribeLinksPart implements Part {
  private static final List<String> COPIED =
      List.of(
          "page_type",
          "custom_location_url",
          "standard_page_message",
          "submission_action_type",
          "submission_redirect_url",
          "submission_message");

  @Override
  public String name() {
    return "unsubscribe_links";
  }

  @Override
  public List<String> keys() {
    return List.of("name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module none) {
    return UnsubscribeLinkService.changeable(metadata).stream()
        .map(link -> new Described(link.id(), form(link), true))
        .toList();
  }

  private static ObjectNode form(Setting link) {
    ObjectNode form = Json.MAPPER.createObjectNode().put("name", link.apiName());
    for (String name : COPIED) {
      if (link.body().hasNonNull(name)) {
        form.set(name, link.body().get(name));
      }
    }
    return form;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module none, Item item) {
    var _ = UnsubscribeLinkService.create(change, item);
  }

  /** The operation wants the kinds of page and action beside what belongs to them. */
  @Override
  public void update(
      MetadataChange change, @Nullable Module none, long id, ObjectNode current, Item item) {
    for (String kind : List.of("page_type", "submission_action_type")) {
      if (!item.has(kind)) {
        item.json().set(kind, current.get(kind));
      }
    }
    var _ = UnsubscribeLinkService.update(change, link(change, id), item);
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module none, long id) {
    var _ = UnsubscribeLinkService.delete(change, link(change, id));
  }

  private static Setting link(MetadataChange change, long id) {
    return UnsubscribeLinkService.changeable(change.metadata()).stream()
        .filter(link -> link.id() == id)
        .findFirst()
        .orElseThrow();
  }
}
