package io.clientele.records.clone;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Field.Linking;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a record goes into its copy. */
final class RecordCopy {
  private static final Set<String> FILES = Set.of("fileupload", "imageupload", "profileimage");

  /** Fields that belong to one record alone, by module. */
  private static final Map<String, Set<String>> LEFT_OUT =
      Map.of(
          "Events", Set.of("Recurring_Activity", "Remind_At"),
          "Services__s", Set.of("Status", "Unavailable_From", "Unavailable_Till"),
          "Appointments__s",
              Set.of("Status", "Reschedule_Count", "Job_Sheet_Created__s", "Job_Sheet_Section__s"));

  private final Metadata metadata;
  private final Module module;

  RecordCopy(Metadata metadata, Module module) {
    this.metadata = metadata;
    this.module = module;
  }

  /** A row for a new record; {@code $}-keys are passed over but for the one that a lookup needs. */
  ObjectNode of(ObjectNode original) {
    ObjectNode copy = Json.MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> property : original.properties()) {
      Field field = module.field(property.getKey()).orElse(null);
      JsonNode value = property.getValue();
      if (property.getKey().equals("$se_module")) {
        copy.set("$se_module", value);
      } else if (field != null && !value.isNull() && isCopied(field)) {
        copy.set(property.getKey(), field.valueColumn().isPresent() ? value : rows(field, value));
      }
    }
    return copy;
  }

  private boolean isCopied(Field field) {
    return !field.readOnly()
        && !field.isExternal()
        && !FILES.contains(field.dataType())
        && !field.apiName().equals("Wizard")
        && !LEFT_OUT.getOrDefault(module.apiName(), Set.of()).contains(field.apiName());
  }

  /** Rows of a subform without their ids, links by what they lead to. */
  private ArrayNode rows(Field field, JsonNode originals) {
    Module child =
        metadata.get(
            field.linking().map(Linking::module).orElseGet(() -> field.modules().getFirst()));
    String parent = field.linking().map(Linking::lookupField).orElse(child.parentField());
    ArrayNode rows = Json.MAPPER.createArrayNode();
    for (JsonNode original : originals) {
      if (original instanceof ObjectNode row) {
        ObjectNode copy = new RecordCopy(metadata, child).of(row);
        copy.remove(parent);
        rows.add(copy);
      }
    }
    return rows;
  }
}
