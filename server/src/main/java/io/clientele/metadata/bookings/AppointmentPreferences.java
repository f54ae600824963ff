package io.clientele.metadata.bookings;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** When appointments can be booked, and what becomes of those that are over. */
public final class AppointmentPreferences {
  static final String NOUN = "appointment_preferences";
  private static final String JOB_SHEET = "show_job_sheet";
  private static final String WHEN_OVER = "when_duration_exceeds";
  private static final String ASK = "ask_appointment_provider_to_complete";
  private static final String WHEN_COMPLETED = "when_appointment_completed";
  private static final String OUTSIDE_SERVICE = "allow_booking_outside_service_availability";
  private static final String OUTSIDE_HOURS = "allow_booking_outside_businesshours";
  private static final String SHARING = "sharing_enabled";
  private static final String SHARING_DETAILS = "sharing_details";
  private static final String DEAL = "deal_record_configuration";
  private static final String LAYOUT = "layout";
  private static final String MAPPINGS = "field_mappings";

  private static final Shape SHAPE =
      Shape.empty()
          .flag(JOB_SHEET)
          .oneOf(WHEN_OVER, "mark_as_complete", ASK)
          .oneOf(WHEN_COMPLETED, "do_not_create_deal", "create_deal")
          .flag(OUTSIDE_SERVICE)
          .flag(OUTSIDE_HOURS)
          .flag(SHARING)
          .object(
              SHARING_DETAILS,
              Shape.empty()
                  .oneOf("permission", "read_only", "read_write", "full_access")
                  .require("permission"))
          .object(
              DEAL,
              Shape.empty()
                  .object(LAYOUT, Shape.empty().id("id").require("id"))
                  .list(
                      MAPPINGS,
                      Shape.empty()
                          .oneOf("type", "static", "merge_field")
                          .object("field", Shape.empty().text("api_name", 50).require("api_name"))
                          .require("type", "value", "field"))
                  .require(LAYOUT, MAPPINGS))
          .require(OUTSIDE_SERVICE, OUTSIDE_HOURS);

  private AppointmentPreferences() {}

  /** Whether an appointment can lie where its service is not offered. */
  public static boolean allowsOutsideService(Metadata metadata) {
    return document(metadata).path(OUTSIDE_SERVICE).asBoolean(false);
  }

  /** Whether an appointment whose service asks for a job sheet needs it to be completed. */
  public static boolean needsJobSheet(Metadata metadata) {
    return document(metadata).path(JOB_SHEET).asBoolean(false);
  }

  /** Whether users say themselves that an appointment is completed. */
  public static boolean usersComplete(Metadata metadata) {
    return document(metadata).path(WHEN_OVER).asString(ASK).equals(ASK);
  }

  /** The preferences as clients see them. */
  public static ObjectNode document(Metadata metadata) {
    return setting(metadata)
        .map(setting -> ((ObjectNode) setting.body()).deepCopy())
        .orElseGet(() -> standard(metadata));
  }

  /** The preferences that an org begins with. */
  public static ObjectNode standard(Metadata metadata) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put(JOB_SHEET, false).put(WHEN_OVER, ASK).put(WHEN_COMPLETED, "do_not_create_deal");
    body.put(OUTSIDE_SERVICE, false).put(OUTSIDE_HOURS, false).put(SHARING, false);
    Module deals = metadata.require("Deals");
    ObjectNode deal = body.putObject(DEAL);
    deals.layouts().stream().findFirst().ifPresent(layout -> deal.set(LAYOUT, layout(layout)));
    ArrayNode mappings = deal.putArray(MAPPINGS);
    addMapping(mappings, deals, "Deal_Name", "${!Appointments__s.Appointment_Name}");
    addMapping(mappings, deals, "Amount", "${!Appointments__s.Service_Name.Price}");
    addMapping(mappings, deals, "Closing_Date", "${!Appointments__s.Appointment_Start_Time}");
    return body;
  }

  private static void addMapping(ArrayNode mappings, Module deals, String name, String value) {
    deals
        .field(name)
        .ifPresent(
            field -> {
              ObjectNode mapping = mappings.addObject();
              mapping.set("field", field(field));
              mapping.put("type", "merge_field").put("value", value);
            });
  }

  private static ObjectNode field(Field field) {
    return Json.MAPPER
        .createObjectNode()
        .put("api_name", field.apiName())
        .put("id", Long.toString(field.id()));
  }

  private static ObjectNode layout(Layout layout) {
    return Json.MAPPER
        .createObjectNode()
        .put("name", layout.name())
        .put("api_name", layout.name())
        .put("id", Long.toString(layout.id()));
  }

  /** Changes what {@code item} names; the rest stays. */
  public static ObjectNode update(MetadataChange change, Item item) {
    SHAPE.check(item);
    Metadata metadata = change.metadata();
    ObjectNode body = document(metadata);
    ObjectNode sent = SHAPE.keep(item);
    sent.properties().removeIf(property -> property.getValue().isNull());
    checkDependencies(item, body);
    if (sent.get(DEAL) instanceof ObjectNode deal) {
      sent.set(DEAL, deal(metadata, new Item(deal, item.at(DEAL)), change, body));
    }
    body.setAll(sent);
    if (body.get(SHARING_DETAILS) instanceof ObjectNode details) {
      details.put("sharing_computation_status", false);
    }
    setting(metadata)
        .ifPresentOrElse(
            setting -> change.update(setting, body),
            () -> change.insert(change.nextId(), NOUN, null, NOUN, body));
    return body;
  }

  private static void checkDependencies(Item item, JsonNode before) {
    JsonNode json = item.json();
    if (json.path(OUTSIDE_HOURS).asBoolean(false) && !json.path(OUTSIDE_SERVICE).asBoolean(false)) {
      throw ErrorCode.DEPENDENT_MISMATCH
          .with("dependee", item.place(OUTSIDE_SERVICE))
          .at(OUTSIDE_HOURS, item.at(OUTSIDE_HOURS))
          .message(OUTSIDE_SERVICE + " must be enabled to set " + OUTSIDE_HOURS + " to true");
    }
    String over = item.has(WHEN_OVER) ? item.text(WHEN_OVER) : before.path(WHEN_OVER).asString(ASK);
    if (json.path(JOB_SHEET).asBoolean(false) && !over.equals(ASK)) {
      throw ErrorCode.DEPENDENT_MISMATCH
          .with("dependee", item.place(WHEN_OVER))
          .at(JOB_SHEET, item.at(JOB_SHEET));
    }
    if (json.path(SHARING).asBoolean(false) && !item.has(SHARING_DETAILS)) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with("dependee", item.place(SHARING))
          .at(SHARING_DETAILS, item.at(SHARING_DETAILS))
          .message("Dependent Field missing");
    }
    if (item.has(SHARING_DETAILS)) {
      item.require(SHARING);
    }
  }

  /** The deal to be made, its layout and fields named by what the org has. */
  private static ObjectNode deal(
      Metadata metadata, Item deal, MetadataChange change, JsonNode before) {
    Module deals = metadata.require("Deals");
    ObjectNode kept = Json.MAPPER.createObjectNode();
    Item place = new Item((ObjectNode) deal.json().get(LAYOUT), deal.at(LAYOUT));
    Layout found =
        PathId.parse(place.text("id"))
            .flatMap(deals::layout)
            .orElseThrow(() -> place.invalid("id").message("the id given seems to be invalid"));
    kept.set(LAYOUT, layout(found));
    ArrayNode mappings = kept.putArray(MAPPINGS);
    for (Item mapping : Item.list(deal, MAPPINGS, 100)) {
      Item named = new Item((ObjectNode) mapping.json().get("field"), mapping.at("field"));
      Field field =
          deals.field(named.text("api_name")).orElseThrow(() -> named.invalid("api_name"));
      JsonNode value = mapping.json().get("value");
      if (mapping.text("type").equals("merge_field")
          && !value.asString("").matches("\\$\\{!?[A-Za-z]\\w*(\\.\\w+)+}")) {
        throw mapping.invalid("value");
      }
      ObjectNode one = mappings.addObject();
      one.set("field", field(field));
      one.put("type", mapping.text("type")).set("value", value);
    }
    String id = before.path(DEAL).path("id").asString("");
    return kept.put("id", id.isEmpty() ? Long.toString(change.nextId()) : id);
  }

  private static Optional<Setting> setting(Metadata metadata) {
    return metadata.settings(NOUN).stream().findFirst();
  }
}
