package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.RoleName;
import io.clientele.metadata.StandardMetadata;
import io.clientele.roles.RoleService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles, each with the name of the one it reports to; the highest has none. */
final class RolesPart implements Part {
  private static final String NAME = "name";
  private static final String ABOVE = "reporting_to";
  private static final String SHARES = "share_with_peers";
  private static final String DESCRIPTION = "description";
  private static final Map<String, ObjectNode> STANDARD = standard();

  @Override
  public String name() {
    return "roles";
  }

  @Override
  public List<String> keys() {
    return List.of(NAME);
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module none) {
    Collection<RoleName> roles = metadata.people().roles().values();
    var described = new ArrayList<Described>();
    for (RoleName role : roles) {
      ObjectNode form = form(metadata, role);
      described.add(new Described(role.id(), form, !form.equals(STANDARD.get(role.name()))));
    }
    for (String gone : STANDARD.keySet()) {
      if (roles.stream().noneMatch(role -> role.name().equalsIgnoreCase(gone))) {
        ObjectNode form = Json.MAPPER.createObjectNode().put(NAME, gone).put("absent", true);
        described.add(new Described(0, form, true));
      }
    }
    return described;
  }

  private static ObjectNode form(Metadata metadata, RoleName role) {
    ObjectNode form = Json.MAPPER.createObjectNode().put(NAME, role.name());
    if (role.reportsTo() != null) {
      metadata.roleName(role.reportsTo()).ifPresent(above -> form.put(ABOVE, above));
    }
    if (role.body().path(DESCRIPTION).isString()) {
      form.set(DESCRIPTION, role.body().get(DESCRIPTION));
    }
    return form.put(SHARES, role.sharesWithPeers());
  }

  /** What does not report to another is the highest role under another name. */
  @Override
  public void create(MetadataChange change, @Nullable Module none, Item item) {
    if (item.has(ABOVE)) {
      resolve(change, item);
      var _ = RoleService.create(change, item);
      return;
    }
    RoleName highest =
        roles(change).stream().filter(role -> role.reportsTo() == null).findFirst().orElseThrow();
    var _ = RoleService.update(change, highest, item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module none, long id, ObjectNode current, Item item) {
    resolve(change, item);
    var _ = RoleService.update(change, role(change, id), item);
  }

  /** Its users and the roles below it go to the one above. */
  @Override
  public void delete(MetadataChange change, @Nullable Module none, long id) {
    Long above = role(change, id).reportsTo();
    if (above == null) {
      throw new ConfigurationException("The highest role cannot be deleted.");
    }
    var _ = RoleService.delete(change, role(change, id), Long.toString(above));
  }

  private static void resolve(MetadataChange change, Item item) {
    if (item.has(ABOVE)) {
      String name = item.text(ABOVE);
      long id =
          roles(change).stream()
              .filter(role -> role.name().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() -> new ConfigurationException("There is no role '" + name + "'."))
              .id();
      item.json().putObject(ABOVE).put("id", Long.toString(id));
    }
  }

  private static Collection<RoleName> roles(MetadataChange change) {
    return change.metadata().people().roles().values();
  }

  private static RoleName role(MetadataChange change, long id) {
    return roles(change).stream().filter(role -> role.id() == id).findFirst().orElseThrow();
  }

  /** The roles that every org begins with. */
  private static Map<String, ObjectNode> standard() {
    var standard = new LinkedHashMap<String, ObjectNode>();
    for (JsonNode role : StandardMetadata.read("roles.json").path("roles")) {
      ObjectNode form = Json.MAPPER.createObjectNode().put(NAME, role.path(NAME).asString());
      if (role.path(ABOVE).isObject()) {
        form.put(ABOVE, role.path(ABOVE).path(NAME).asString());
      }
      form.set(DESCRIPTION, role.path(DESCRIPTION));
      form.put(SHARES, role.path(SHARES).asBoolean());
      standard.put(form.path(NAME).asString(), form);
    }
    return standard;
  }
}
