package io.clientele.metadata.bookings;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Whether services can ask for a job sheet. */
public final class ServicePreferences {
  static final String NOUN = "service_preferences";
  private static final String JOB_SHEET = "job_sheet_enabled";
  private static final Shape SHAPE = Shape.empty().flag(JOB_SHEET).require(JOB_SHEET);

  private ServicePreferences() {}

  /** Whether services can ask for a job sheet; they can until the org says otherwise. */
  public static boolean jobSheetEnabled(Metadata metadata) {
    return document(metadata).path(JOB_SHEET).asBoolean(true);
  }

  /** The preferences as clients see them. */
  public static ObjectNode document(Metadata metadata) {
    return setting(metadata)
        .map(setting -> (ObjectNode) setting.body())
        .orElseGet(() -> Json.MAPPER.createObjectNode().put(JOB_SHEET, true));
  }

  /** Changes what {@code item} names. */
  public static ObjectNode update(MetadataChange change, Item item) {
    SHAPE.check(item);
    ObjectNode body = SHAPE.keep(item);
    setting(change.metadata())
        .ifPresentOrElse(
            setting -> change.update(setting, body),
            () -> change.insert(change.nextId(), NOUN, null, NOUN, body));
    return body;
  }

  private static Optional<Setting> setting(Metadata metadata) {
    return metadata.settings(NOUN).stream().findFirst();
  }
}
