package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.bookings.AppointmentPreferences;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The preferences of appointments, which every org has; the layout and the fields of the deal by
 * their names.
 */
final class AppointmentPreferencesPart implements Part {
  private static final String MODULE = "Appointments__s";
  private static final String DEAL = "deal_record_configuration";
  private static final String PAIRS = "field_mappings";
  private static final List<String> OUTSIDE =
      List.of("allow_booking_outside_service_availability", "allow_booking_outside_businesshours");
  private static final String SHARING = "sharing_enabled";
  private static final String SHARING_DETAILS = "sharing_details";

  @Override
  public String name() {
    return "appointment_preferences";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    if (!Objects.requireNonNull(module).apiName().equals(MODULE)) {
      return List.of();
    }
    ObjectNode form = form(metadata, AppointmentPreferences.document(metadata));
    ObjectNode standard = form(metadata, AppointmentPreferences.standard(metadata));
    return List.of(new Described(0, form, !form.equals(standard)));
  }

  private static ObjectNode form(Metadata metadata, ObjectNode document) {
    ObjectNode form = document.deepCopy();
    form.remove(List.of(SHARING_DETAILS, DEAL));
    if (document.get(SHARING_DETAILS) instanceof ObjectNode details) {
      form.putObject(SHARING_DETAILS).set("permission", details.get("permission"));
    }
    form.set(DEAL, deal(metadata.get("Deals"), document.path(DEAL)));
    return form;
  }

  /** What was deleted since is passed over. */
  private static ObjectNode deal(Module deals, JsonNode configuration) {
    ObjectNode deal = Json.MAPPER.createObjectNode();
    deals
        .layout(configuration.path("layout").path("id").asLong(0))
        .ifPresent(layout -> deal.put("layout", Layouts.nameOf(layout)));
    ArrayNode pairs = deal.putArray(PAIRS);
    for (JsonNode mapping : configuration.path(PAIRS)) {
      Field field = deals.field(mapping.path("field").path("id").asLong(0)).orElse(null);
      if (field != null) {
        ObjectNode pair = pairs.addObject().put("field", field.apiName());
        pair.set("type", mapping.get("type"));
        pair.set("value", mapping.get("value"));
      }
    }
    return deal;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    throw new ConfigurationException(item.path() + ": only " + MODULE + " has " + name() + ".");
  }

  /** The operation wants some keys beside those that belong to them. */
  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    ObjectNode body = item.json().deepCopy();
    OUTSIDE.stream()
        .filter(name -> !body.has(name))
        .forEach(name -> body.set(name, current.get(name)));
    if (item.has(SHARING) || item.has(SHARING_DETAILS)) {
      for (String name : List.of(SHARING, SHARING_DETAILS)) {
        if (!body.has(name) && current.has(name)) {
          body.set(name, current.get(name));
        }
      }
    }
    if (body.get(DEAL) instanceof ObjectNode deal) {
      ObjectNode whole = ((ObjectNode) current.get(DEAL)).deepCopy();
      whole.setAll(deal);
      body.set(DEAL, inKeysOfTheOperation(change.metadata().get("Deals"), whole));
    }
    var _ = AppointmentPreferences.update(change, new Item(body, item.path()));
  }

  private static ObjectNode inKeysOfTheOperation(Module deals, ObjectNode deal) {
    Lists.check(deal, List.of(PAIRS));
    ObjectNode body = Json.MAPPER.createObjectNode();
    if (deal.hasNonNull("layout")) {
      long layout = Layouts.get(deals, deal.get("layout").asString("")).id();
      body.putObject("layout").put("id", Long.toString(layout));
    }
    ArrayNode pairs = body.putArray(PAIRS);
    for (JsonNode one : deal.path(PAIRS)) {
      ObjectNode pair = Lists.object(one).deepCopy();
      pair.putObject("field").put("api_name", one.path("field").asString(""));
      pairs.add(pair);
    }
    return body;
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    throw new ConfigurationException("Preferences of appointments cannot be taken away.");
  }
}
