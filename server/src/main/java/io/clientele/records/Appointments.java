package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.bookings.AppointmentPreferences;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of appointments: who can give the service and when, what their status allows, and what
 * the server writes down when one is cancelled or completed. References: Add Appointments, Update
 * Appointments.
 */
final class Appointments {
  static final String START = "Appointment_Start_Time";
  static final String STATUS = "Status";
  static final String CANCELLED = "Cancelled";
  static final String COMPLETED = "Completed";
  private static final String SCHEDULED = "Scheduled";
  private static final String OVERDUE = "Overdue";
  private static final List<String> CANCELLATION =
      List.of("Cancellation_Reason", "Cancellation_Note");

  /** What only the server sets. */
  private static final List<String> OWN =
      List.of(
          "Appointment_End_Time",
          "Duration",
          "Reschedule_Count",
          "Rescheduled_To",
          "Rescheduled_Time",
          "Rescheduled_By",
          "Cancelled_Time",
          "Cancelled_By",
          "Job_Sheet_Created__s");

  private final RecordChange change;
  private final Metadata metadata;
  private final Module module;
  private final Rescheduling rescheduling;

  Appointments(RecordChange change, Module module) {
    this.change = change;
    this.metadata = change.stamp().metadata();
    this.module = module;
    rescheduling = new Rescheduling(change, module);
  }

  /** Before defaults: what new ones say of a cancellation or rescheduling that did not happen. */
  static void read(Module module, Draft draft, boolean creating) {
    OWN.forEach(name -> module.field(name).ifPresent(draft.values()::remove));
    boolean status = draft.values().get(field(module, STATUS)) != null;
    for (String name : CANCELLATION) {
      boolean sent = draft.values().get(field(module, name)) != null;
      if (sent && status && !CANCELLED.equals(draft.values().get(field(module, STATUS)))) {
        throw cancellation(ErrorCode.DEPENDENT_MISMATCH, draft, name);
      }
      if (sent && !status && creating) {
        throw cancellation(ErrorCode.DEPENDENT_FIELD_MISSING, draft, name);
      }
    }
    if (creating) {
      Rescheduling.read(module, draft);
    }
  }

  private static ApiError cancellation(ErrorCode code, Draft draft, String name) {
    return code.with("dependee", Map.of("api_name", name, "json_path", draft.path(name)))
        .at(STATUS, draft.path(STATUS))
        .message(
            "To Update the fields of Cancellation Information Section, value of Status should be"
                + " Cancelled");
  }

  void check(List<Draft> drafts) {
    List<Field> fields =
        module.fields().stream().filter(field -> field.stored().isPresent()).toList();
    StoredRows stored = StoredRows.load(change, module, fields, drafts);
    Map<Long, BookedService> services =
        BookedService.load(
            change,
            drafts.stream()
                .flatMap(draft -> Stream.ofNullable(stored.after(draft, field("Service_Name"))))
                .map(Long::valueOf)
                .distinct()
                .toList());
    for (Draft draft : drafts) {
      String id = stored.after(draft, field("Service_Name"));
      BookedService service = id == null ? null : services.get(Long.valueOf(id));
      try {
        if (service != null) {
          check(draft, stored, service);
        }
      } catch (ApiError e) {
        draft.reject(e);
      }
    }
  }

  private void check(Draft draft, StoredRows stored, BookedService service) {
    checkPeople(draft, stored, service);
    rescheduling.check(draft, stored);
    boolean moved = !draft.existed() || sets(draft, START) || sets(draft, "Service_Name");
    Instant start = moment(stored.after(draft, field(START)));
    if (moved && start != null) {
      draft.set(field("Duration"), service.minutes());
      draft.set(
          field("Appointment_End_Time"), start.plusSeconds(service.minutes() * 60L).toString());
      checkOffered(draft, service, start);
    }
    checkCancellation(draft, stored);
    checkStatus(draft, stored, service);
  }

  private void checkPeople(Draft draft, StoredRows stored, BookedService service) {
    String owner = stored.after(draft, field("Owner"));
    boolean named = !draft.existed() || sets(draft, "Owner") || sets(draft, "Service_Name");
    if (named && owner != null && !service.members().contains(Long.valueOf(owner))) {
      throw ErrorCode.DEPENDENT_MISMATCH
          .with(
              "dependee",
              Map.of("api_name", "Services.Members", "json_path", draft.path("Services.Members")))
          .at("id", draft.path("Owner.id"))
          .message("Appointment Owner is not a part of Service Members");
    }
    if ("Client Address".equals(stored.after(draft, field("Location")))
        && stored.after(draft, field("Address")) == null) {
      throw ServiceRules.missing(draft, "Address", "Location");
    }
  }

  private void checkOffered(Draft draft, BookedService service, Instant start) {
    LocalDateTime local = LocalDateTime.ofInstant(start, metadata.zoneOf(change.stamp().userId()));
    if (!AppointmentPreferences.allowsOutsideService(metadata) && !service.isOffered(local)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .at(START, draft.path(START))
          .message("Service is not available on the given time");
    }
  }

  private void checkCancellation(Draft draft, StoredRows stored) {
    if (CANCELLED.equals(stored.after(draft, field(STATUS)))) {
      return;
    }
    for (String name : CANCELLATION) {
      if (draft.existed() && draft.values().get(field(name)) != null) {
        throw cancellation(ErrorCode.DEPENDENT_FIELD_MISSING, draft, name);
      }
      if (!draft.existed()) {
        draft.set(field(name), null);
      }
    }
  }

  private void checkStatus(Draft draft, StoredRows stored, BookedService service) {
    String before = stored.before(draft, field(STATUS));
    String status = stored.after(draft, field(STATUS));
    if (status == null || !field(STATUS).pickListValues().contains(status)) {
      throw ErrorCode.INVALID_DATA.error().at(STATUS, draft.path(STATUS));
    }
    boolean changed = !status.equals(before);
    if (changed && (CANCELLED.equals(before) || COMPLETED.equals(before))) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .at(STATUS, draft.path(STATUS))
          .message("The status of a cancelled or completed appointment cannot be changed");
    }
    boolean sheet = draft.values().get(field("Job_Sheet_Name__s")) != null;
    if (sheet && !COMPLETED.equals(status)) {
      throw ServiceRules.mismatch(
          draft,
          "Job_Sheet_Name__s",
          STATUS,
          "Job Sheet can be created only for completed appointment");
    }
    if (sheet) {
      draft.set(field("Job_Sheet_Created__s"), true);
    }
    if (changed || sets(draft, START)) {
      checkTime(draft, stored, status);
    }
    if (changed && status.equals(COMPLETED)) {
      checkCompletion(draft, stored, service);
    }
    if (changed && status.equals(CANCELLED)) {
      draft.set(field("Cancelled_Time"), change.stamp().now().toString());
      draft.set(field("Cancelled_By"), change.stamp().userId());
      if (stored.after(draft, field("Cancellation_Reason")) == null) {
        draft.set(field("Cancellation_Reason"), "By Customer");
      }
    }
  }

  private void checkTime(Draft draft, StoredRows stored, String status) {
    Instant now = change.stamp().now();
    Instant start = Objects.requireNonNullElse(moment(stored.after(draft, field(START))), now);
    Instant end = moment(stored.after(draft, field("Appointment_End_Time")));
    if (status.equals(SCHEDULED) && !start.isAfter(now)) {
      throw ServiceRules.mismatch(
          draft, STATUS, START, "Appointment cannot be scheduled for past dates");
    }
    boolean over = end == null || !end.isAfter(now);
    if (!over && (status.equals(COMPLETED) || status.equals(OVERDUE))) {
      throw ServiceRules.mismatch(
          draft,
          STATUS,
          START,
          "Appointment cannot be marked as "
              + status.toLowerCase(java.util.Locale.ROOT)
              + " before the appointment ends");
    }
  }

  private void checkCompletion(Draft draft, StoredRows stored, BookedService service) {
    if (!AppointmentPreferences.usersComplete(metadata)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .at(STATUS, draft.path(STATUS))
          .message("Appointments are marked as completed by the preferences");
    }
    if (service.jobSheet()
        && AppointmentPreferences.needsJobSheet(metadata)
        && stored.after(draft, field("Job_Sheet_Name__s")) == null) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .at(STATUS, draft.path(STATUS))
          .message("Appointment cannot be marked as completed without creating the jobsheet");
    }
  }

  static @Nullable Instant moment(@Nullable String text) {
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }

  private boolean sets(Draft draft, String name) {
    return draft.values().containsKey(field(name));
  }

  private Field field(String name) {
    return field(module, name);
  }

  static Field field(Module module, String name) {
    return module.field(name).orElseThrow();
  }
}
