package io.clientele.metadata.fields;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Field;
import io.clientele.metadata.FieldColumns;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.criteria.Criteria;
import io.clientele.metadata.types.FilesType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * DELETE /settings/fields/{id}: a custom field and all its values. Reference: Delete Custom Fields.
 */
public final class DeleteField {
  private final MetadataChange change;
  private final Module module;
  private final Field field;
  private final FieldUses uses;

  private DeleteField(MetadataChange change, Module module, Field field) {
    this.change = change;
    this.module = module;
    this.field = field;
    this.uses = new FieldUses(change.metadata(), module, field);
  }

  /** Takes {@code field} and its data away, and every place that shows it. */
  public static Done delete(MetadataChange change, Module module, Field field) {
    new DeleteField(change, module, field).delete();
    return Done.of("field deleted", field.id());
  }

  private void delete() {
    if (!field.isCustom()) {
      throw notAllowed("Only the custom fields can be deleted");
    }
    if (uses.any()) {
      throw notAllowed("The custom field has already used in other places");
    }
    LayoutFields.remove(change, module, field);
    removeFromViews();
    removeFromLocking();
    removeRelatedLists();
    FieldColumns.drop(change, module, field);
    if (field.type() instanceof FilesType) {
      FileStorage.releaseField(change.tx(), change.org(), field.id());
    }
    FieldTracking.stop(change, module, field.apiName());
    dropRows();
    change.metadata().setting("field", field.id()).ifPresent(change::delete);
  }

  private static ApiError notAllowed(String message) {
    return ErrorCode.NOT_ALLOWED.with("resource_path_index", 2).status(400).message(message);
  }

  /** A view that shows the field, or one that it leads to, shows one column less. */
  private void removeFromViews() {
    for (Module from : change.metadata().modules()) {
      for (Setting view : change.metadata().settings("custom_view", from.id())) {
        removeNames(view, "fields", name -> uses.isNamed(from, name));
      }
    }
  }

  /** What of a locked record can be changed is one field less. */
  private void removeFromLocking() {
    change
        .metadata()
        .settings("record_locking_configuration", module.id())
        .forEach(one -> removeNames(one, "excluded_fields", field.apiName()::equals));
  }

  private void removeNames(Setting setting, String list, Predicate<String> gone) {
    ObjectNode body = setting.copy();
    int before = body.path(list).size();
    if (body.get(list) instanceof ArrayNode names) {
      names.removeIf(name -> gone.test(Criteria.name(name)));
    }
    if (body.path(list).size() < before) {
      change.update(setting, body);
    }
  }

  private void removeRelatedLists() {
    String list = field.definition().path("lookup").path("api_name").asString("");
    String linking = field.linking().map(Field.Linking::module).orElse("");
    for (Setting one : List.copyOf(change.metadata().settings("related_list"))) {
      String from = one.body().path("module").asString("");
      boolean shows =
          from.equals(module.apiName())
              && !list.isEmpty()
              && one.apiName().equals(list)
              && one.body().path("via").path("field").asString("").equals(field.apiName());
      if (shows || (!linking.isEmpty() && from.equals(linking))) {
        change.delete(one);
      }
    }
  }

  /** The rows of a subform, or the links, go with the module that was made for them. */
  private void dropRows() {
    Optional<Module> rows =
        field
            .linking()
            .map(Field.Linking::module)
            .or(
                () ->
                    field.dataType().equals("subform")
                        ? field.modules().stream().findFirst()
                        : Optional.empty())
            .flatMap(name -> change.metadata().find(name));
    if (rows.isEmpty()) {
      return;
    }
    FieldTracking.drop(change, rows.get());
  }
}
