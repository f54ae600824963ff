package io.clientele.records.changeowner;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.records.RecordChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to get the new owner with the records: {@code related_modules}, each named by the name of
 * the module, which stands for all related records of it, or by an id, of the module or of one
 * related record.
 */
final class RelatedModules {
  private static final int MAXIMUM = 5;
  private static final String KEY = "related_modules";
  private static final List<String> MODULES =
      List.of("Tasks", "Events", "Calls", "Contacts", "Deals");

  private final Metadata metadata;
  private final Module module;
  private final List<Part> parts = new ArrayList<>();

  /** Records of a module that are related: one, or all of them. */
  private record Part(Module related, Optional<Long> id) {}

  private RelatedModules(Metadata metadata, Module module) {
    this.metadata = metadata;
    this.module = module;
  }

  /**
   * @throws ApiError EXPECTED_FIELD_MISSING, NOT_SUPPORTED, AMBIGUITY_DURING_PROCESSING or
   *     INVALID_DATA
   */
  static RelatedModules read(Metadata metadata, Module module, Item body) {
    var related = new RelatedModules(metadata, module);
    if (body.has(KEY) && !body.json().get(KEY).isEmpty()) {
      Item.list(body, KEY, MAXIMUM).forEach(related::add);
    } else if (body.has(KEY) && !body.json().get(KEY).isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at(KEY, body.at(KEY));
    }
    return related;
  }

  private void add(Item item) {
    if (!item.has("api_name") && !item.has("id")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING.with(
          "expected_fields", List.of(item.place("api_name"), item.place("id")));
    }
    Optional<Module> named = item.has("api_name") ? find(item.text("api_name")) : Optional.empty();
    Optional<Long> id = PathId.parse(item.text("id"));
    Optional<Module> byId =
        id.flatMap(metadata::find).filter(found -> MODULES.contains(found.apiName()));
    if (item.has("id") && id.isEmpty()) {
      throw item.invalid("id").message("the id given seems to be invalid");
    }
    if (named.isPresent() && byId.isPresent() && !named.equals(byId)) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with(
          "ambiguity_due_to", List.of(item.place("api_name"), item.place("id")));
    }
    if (named.isEmpty() && item.has("api_name") && byId.isEmpty()) {
      throw notSupported(item);
    }
    Optional<Long> record = byId.isPresent() ? Optional.empty() : id;
    List<Module> among = named.or(() -> byId).map(List::of).orElseGet(this::all);
    if (among.stream().allMatch(one -> lookups(one).isEmpty())) {
      throw notSupported(item);
    }
    among.forEach(one -> parts.add(new Part(one, record)));
  }

  private static ApiError notSupported(Item item) {
    String key = item.has("api_name") ? "api_name" : "id";
    return ErrorCode.NOT_SUPPORTED
        .error()
        .status(400)
        .message("the module given is not supported in this api")
        .at(key, item.at(key));
  }

  private Optional<Module> find(String name) {
    return metadata.find(name).filter(found -> MODULES.contains(found.apiName()));
  }

  private List<Module> all() {
    return MODULES.stream().flatMap(name -> metadata.find(name).stream()).toList();
  }

  /** The fields of another module that name records of this one. */
  private List<Field> lookups(Module other) {
    return other.fields().stream()
        .filter(field -> field.stored().isPresent())
        .filter(
            field ->
                field.dataType().equals("lookup") || field.type() instanceof MultiModuleLookupType)
        .filter(field -> field.modules().contains(module.apiName()))
        .toList();
  }

  /** Gives what is related to the records the new owner; what is locked stays as it is. */
  void change(RecordChange change, List<Long> records, long ownerId) {
    for (Part part : parts) {
      List<Field> lookups = lookups(part.related);
      if (lookups.isEmpty()) {
        continue;
      }
      Sql which = related(lookups, records).and(change.rows(part.related, Action.UPDATE));
      if (part.id.isPresent()) {
        which = which.and(sql("t.\"id\" = ?", part.id.get()));
      }
      List<Long> ids =
          change
              .tx()
              .list(
                  sql("select t.\"id\" from " + change.table(part.related) + " t where")
                      .then(which)
                      .then("order by t.\"id\""),
                  row -> row.getLong(1));
      change.changeOwner(part.related, ids, ownerId);
    }
  }

  private Sql related(List<Field> lookups, List<Long> records) {
    List<Sql> each = new ArrayList<>();
    for (Field field : lookups) {
      Sql one =
          sql(
              "t." + Sql.identifier(field.column()) + " = any(?)",
              (Object) records.toArray(Long[]::new));
      if (field.type() instanceof MultiModuleLookupType) {
        String column = Sql.identifier(MultiModuleLookupType.moduleColumn(field));
        one =
            new Sql("(" + one.text() + " and t." + column + " = " + module.id() + ")", one.binds());
      }
      each.add(one);
    }
    Sql any = Sql.join(" or ", each);
    return new Sql("(" + any.text() + ")", any.binds());
  }

  /** The permission that the caller needs for each related module. */
  Map<Module, String> permissions() {
    var permissions = new java.util.LinkedHashMap<Module, String>();
    parts.forEach(
        part ->
            permissions.put(
                part.related, Action.permission("Change_Owner", part.related.apiName())));
    return permissions;
  }
}
