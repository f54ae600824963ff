package io.clientele.records;

import io.clientele.records.RecordSelect.Writer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys of a record that are no fields and begin with {@code $}. Lists answer those a client
 * names in {@code fields}; a single record answers all. What no feature sets yet has the value of a
 * record outside that feature.
 */
final class DollarKeys {
  private static final Writer FALSE = (row, reading) -> reading.json().writeBoolean(false);
  private static final Writer TRUE = (row, reading) -> reading.json().writeBoolean(true);
  private static final Writer NULL = (row, reading) -> reading.json().writeNull();
  private static final Map<String, Writer> WRITERS = writers();

  private DollarKeys() {}

  private static Map<String, Writer> writers() {
    var writers = new LinkedHashMap<String, Writer>();
    writers.put("$currency_symbol", text("$"));
    writers.put("$field_states", NULL);
    writers.put("$sharing_permission", NULL);
    writers.put("$state", text("save"));
    writers.put("$process_flow", FALSE);
    writers.put("$locked_for_me", FALSE);
    writers.put("$approval", flags("delegate", "approve", "reject", "resubmit"));
    writers.put("$approved", TRUE);
    writers.put("$wizard_connection_path", NULL);
    writers.put("$editable", TRUE);
    writers.put("$zia_owner_assignment", text("owner_recommendation_unavailable"));
    writers.put("$review_process", flags("approve", "reject", "resubmit"));
    writers.put("$review", NULL);
    writers.put("$zia_visions", NULL);
    writers.put("$orchestration", FALSE);
    writers.put("$in_merge", FALSE);
    writers.put("$approval_state", text("approved"));
    writers.put("$pathfinder", FALSE);
    return writers;
  }

  /** Adds the key when it is one of these. */
  static void add(RecordSelect select, String name) {
    Writer writer = WRITERS.get(name);
    if (name.equals("$sharing_permission")) {
      select.tellRights();
      select.key(
          name, (row, reading) -> reading.json().writeString(Rights.permission(select, row)));
    } else if (writer != null) {
      select.key(name, LockKeys.of(select, name).orElse(writer));
    }
  }

  /** Adds those that every record answers when fetched by itself. */
  static void addAll(RecordSelect select) {
    WRITERS.forEach(
        (name, writer) -> {
          if (!name.equals("$approved")) {
            add(select, name);
          }
        });
  }

  private static Writer text(String value) {
    return (row, reading) -> reading.json().writeString(value);
  }

  private static Writer flags(String... names) {
    return (row, reading) -> {
      reading.json().writeStartObject();
      for (String name : names) {
        reading.json().writeBooleanProperty(name, false);
      }
      reading.json().writeEndObject();
    };
  }
}
