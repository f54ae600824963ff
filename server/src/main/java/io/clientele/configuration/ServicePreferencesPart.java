package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.bookings.ServicePreferences;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The preferences of services, which every org has. */
final class ServicePreferencesPart implements Part {
  private static final String MODULE = "Services__s";

  @Override
  public String name() {
    return "service_preferences";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    return Objects.requireNonNull(module).apiName().equals(MODULE)
        ? List.of(
            new Described(
                0,
                ServicePreferences.document(metadata),
                !ServicePreferences.jobSheetEnabled(metadata)))
        : List.of();
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    throw new ConfigurationException(item.path() + ": only " + MODULE + " has " + name() + ".");
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    var _ = ServicePreferences.update(change, item);
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    throw new ConfigurationException("Preferences of services cannot be taken away.");
  }
}
