package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.callpreferences.CallPreferences;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The call preferences, which every org has. */
final class CallPreferencesPart implements Part {
  @Override
  public String name() {
    return "call_preferences";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module none) {
    CallPreferences now = CallPreferences.of(metadata);
    ObjectNode form =
        Json.MAPPER
            .createObjectNode()
            .put("show_from_number", now.showFromNumber())
            .put("show_to_number", now.showToNumber());
    return List.of(new Described(0, form, now.showFromNumber() || now.showToNumber()));
  }

  @Override
  public void create(MetadataChange change, @Nullable Module none, Item item) {
    throw new IllegalStateException("every org has call preferences");
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module none, long id, ObjectNode current, Item item) {
    var _ = CallPreferences.update(change, item);
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module none, long id) {
    throw new ConfigurationException("Call preferences cannot be taken away.");
  }
}
