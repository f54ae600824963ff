package io.clientele.configuration;

import io.clientele.access.ShareType;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.sharing.DataSharing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What users may do with the records of others in a module. */
final class DataSharingPart implements Part {
  @Override
  public String name() {
    return "data_sharing";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    Module of = Objects.requireNonNull(module);
    if (!DataSharing.supports(of)) {
      return List.of();
    }
    ObjectNode form =
        Json.MAPPER.createObjectNode().put("share_type", ShareType.of(metadata, of).word());
    return List.of(new Described(0, form, DataSharing.setting(metadata, of).isPresent()));
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    throw new ConfigurationException(item.path() + ": its records have no owners to share them.");
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    DataSharing.update(change, Objects.requireNonNull(module), item);
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    throw new ConfigurationException("The sharing of a module cannot be taken away.");
  }
}
