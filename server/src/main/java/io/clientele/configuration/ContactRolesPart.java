package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.contactroles.ContactRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The roles of contacts. All of them stand in an export, with their places, once they are not those
 * that every org begins with.
 */
final class ContactRolesPart implements Part {
  private static final String NAME = "name";
  private static final String PLACE = "sequence_number";

  @Override
  public String name() {
    return "contact_roles";
  }

  @Override
  public List<String> keys() {
    return List.of(NAME);
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module none) {
    List<Setting> roles = metadata.settings(ContactRoles.NOUN);
    List<String> names = roles.stream().map(Setting::apiName).toList();
    boolean own = !names.equals(ContactRoles.STANDARD);
    var described = new ArrayList<Described>();
    for (Setting role : roles) {
      described.add(new Described(role.id(), form(role).put(PLACE, described.size() + 1), own));
    }
    for (String gone : ContactRoles.STANDARD) {
      if (names.stream().noneMatch(gone::equalsIgnoreCase)) {
        ObjectNode form = Json.MAPPER.createObjectNode().put(NAME, gone).put("absent", true);
        described.add(new Described(0, form, own));
      }
    }
    return described;
  }

  private static ObjectNode form(Setting role) {
    return Json.MAPPER.createObjectNode().put(NAME, role.apiName());
  }

  @Override
  public void create(MetadataChange change, @Nullable Module none, Item item) {
    var _ = ContactRoles.create(change, item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module none, long id, ObjectNode current, Item item) {
    var _ = ContactRoles.update(change, role(change, id), item);
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module none, long id) {
    var _ = ContactRoles.delete(change, Long.toString(id));
  }

  /**
   * Moving one role moves others, so the places are taken once more, from the first to the last.
   */
  @Override
  public void settle(MetadataChange change, List<ObjectNode> items) {
    var wanted = new TreeMap<Integer, String>();
    for (ObjectNode item : items) {
      if (item.hasNonNull(PLACE) && !item.path("absent").asBoolean(false)) {
        String role = item.path(NAME).asString("");
        boolean twice = wanted.values().stream().anyMatch(role::equalsIgnoreCase);
        if (twice || wanted.put(item.get(PLACE).asInt(), role) != null) {
          throw new ConfigurationException("Each contact role has one place, and each place one.");
        }
      }
    }
    List<Setting> order = order(change.metadata().settings(ContactRoles.NOUN), wanted);
    for (int i = 0; i < order.size(); i++) {
      Setting role = role(change, order.get(i).id());
      if (change.metadata().settings(ContactRoles.NOUN).indexOf(role) != i) {
        var place = new Item(Json.MAPPER.createObjectNode().put(PLACE, i + 1), "$." + name());
        var _ = ContactRoles.update(change, role, place);
      }
    }
  }

  /** The roles with those named at their places, and the others between them as they were. */
  private static List<Setting> order(List<Setting> roles, TreeMap<Integer, String> wanted) {
    if (!wanted.isEmpty() && wanted.lastKey() > roles.size()) {
      throw new ConfigurationException(
          "There are " + roles.size() + " contact roles, so none is at " + wanted.lastKey() + ".");
    }
    var order = new ArrayList<>(roles);
    order.removeIf(role -> wanted.values().stream().anyMatch(role.apiName()::equalsIgnoreCase));
    wanted.forEach(
        (place, name) ->
            roles.stream()
                .filter(role -> role.apiName().equalsIgnoreCase(name))
                .forEach(role -> order.add(place - 1, role)));
    return order;
  }

  private static Setting role(MetadataChange change, long id) {
    return change.metadata().setting(ContactRoles.NOUN, id).orElseThrow();
  }
}
