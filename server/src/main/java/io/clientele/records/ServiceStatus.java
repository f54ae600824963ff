package io.clientele.records;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.Invalid;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a service is offered now, for a while not, or no more. Reference: Add Services. */
final class ServiceStatus {
  static final String UNUSED = "Not in Use";
  private static final String AVAILABLE = "Available";
  private static final String PAUSED = "Temporarily Unavailable";

  private final Stamp stamp;
  private final Module module;
  private final Instant now;

  private ServiceStatus(Stamp stamp, Module module) {
    this.stamp = stamp;
    this.module = module;
    now = stamp.now();
  }

  /**
   * @throws io.clientele.error.ApiError when status and times of a service contradict each other
   */
  static void check(Stamp stamp, Module module, Draft draft, StoredRows stored) {
    new ServiceStatus(stamp, module).check(draft, stored);
  }

  private void check(Draft draft, StoredRows stored) {
    String status = stored.after(draft, field("Status"));
    Instant from = moment(stored.after(draft, field("Unavailable_From")));
    Instant till = moment(stored.after(draft, field("Unavailable_Till")));
    boolean touches =
        List.of("Status", "Unavailable_From", "Unavailable_Till").stream()
            .anyMatch(name -> draft.values().containsKey(field(name)));
    if (!touches || status == null) {
      return;
    }
    switch (status) {
      case AVAILABLE -> checkAvailable(draft, from, till);
      case PAUSED, UNUSED -> checkUnavailable(draft, status, from, till);
      default ->
          throw Invalid.oneOf(
              field("Status").pickListValues(), field("Status"), draft.path("Status"));
    }
    String end = stored.after(draft, field("Available_Till"));
    LocalDate today = LocalDate.ofInstant(now, stamp.metadata().zoneOf(stamp.userId()));
    if (!status.equals(UNUSED) && end != null && LocalDate.parse(end).isBefore(today)) {
      throw ServiceRules.mismatch(
          draft,
          "Status",
          "Available_Till",
          "End Date of service availability falls before the current Date, so service cannot be"
              + " marked as Available or Scheduled or Temporarily Unavailable");
    }
  }

  private void checkAvailable(Draft draft, @Nullable Instant from, @Nullable Instant till) {
    if (till != null) {
      throw ServiceRules.mismatch(
          draft,
          "Status",
          "Unavailable_Till",
          "When the service status is available,  either both Unavailable From and Unavailable Till"
              + " must be null, or only Unavailable From can have a value.");
    }
    if (from != null && !from.isAfter(now)) {
      throw ServiceRules.mismatch(
          draft,
          "Status",
          "Unavailable_From",
          "When the service status is available, Unavailable From must be greater than current"
              + " date");
    }
  }

  private void checkUnavailable(
      Draft draft, String status, @Nullable Instant from, @Nullable Instant till) {
    if (from == null) {
      throw ServiceRules.missing(draft, "Unavailable_From", "Status");
    }
    if (status.equals(UNUSED)) {
      if (from.isAfter(now)) {
        throw ServiceRules.mismatch(
            draft,
            "Status",
            "Unavailable_From",
            "Services status cannot be marked as Not In Use when Unavailable From falls after the"
                + " current Date");
      }
      return;
    }
    if (till == null) {
      throw ServiceRules.missing(draft, "Unavailable_Till", "Status");
    }
    if (!till.isAfter(now)) {
      throw ServiceRules.mismatch(
          draft,
          "Unavailable_Till",
          "Status",
          "Unavailable Till must be greater than current Time.");
    }
    if (!till.isAfter(from)) {
      throw ServiceRules.mismatch(
          draft,
          "Unavailable_Till",
          "Unavailable_From",
          "Unavailable Till must be lesser than Unavailable From");
    }
  }

  private static @Nullable Instant moment(@Nullable String text) {
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }

  private Field field(String name) {
    return module.field(name).orElseThrow();
  }
}
