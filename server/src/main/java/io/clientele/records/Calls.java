package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.Invalid;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rules of calls: a call that took place lasted, one that is to come lies ahead and has someone
 * to call; the duration is kept as text and in seconds. Reference: Insert Records.
 */
final class Calls {
  private static final String OUTBOUND = "Outbound";
  private static final String MISSED = "Missed";
  private static final String COMPLETED = "Completed";
  private static final String SCHEDULED = "Scheduled";

  /** Hours and minutes, and seconds where there are any. */
  private static final Pattern DURATION = Pattern.compile("(\\d{1,3}):([0-5]\\d)(?::([0-5]\\d))?");

  private final RecordChange change;
  private final Module module;
  private final Field type;
  private final Field status;
  private final Field start;
  private final Field duration;
  private final Field seconds;
  private final Field contact;
  private final Field related;

  Calls(RecordChange change, Module module) {
    this.change = change;
    this.module = module;
    type = field(module, "Call_Type");
    status = field(module, "Outgoing_Call_Status");
    start = field(module, "Call_Start_Time");
    duration = field(module, "Call_Duration");
    seconds = field(module, "Call_Duration_in_seconds");
    contact = field(module, "Who_Id");
    related = field(module, "What_Id");
  }

  /** The manual has the status under a name of its own. */
  static void readStatus(Module module, Draft draft, JsonNode row) {
    JsonNode sent = row.path("Outbound_Call_Status");
    Field status = field(module, "Outgoing_Call_Status");
    if (!sent.isMissingNode() && !draft.values().containsKey(status)) {
      draft.set(status, status.type().parse(sent, status, draft.path("Outbound_Call_Status")));
    }
  }

  /** Calls that did not take place need no duration; one in seconds will do. */
  static boolean spares(Module module, Draft draft, Field field) {
    if (!field.apiName().equals("Call_Duration")) {
      return false;
    }
    Object status = draft.values().get(field(module, "Outgoing_Call_Status"));
    boolean outbound = OUTBOUND.equals(draft.values().get(field(module, "Call_Type")));
    return MISSED.equals(draft.values().get(field(module, "Call_Type")))
        || (outbound && status != null && !COMPLETED.equals(status))
        || draft.values().get(field(module, "Call_Duration_in_seconds")) != null;
  }

  void check(List<Draft> drafts) {
    List<Field> fields = List.of(type, status, start, duration, contact, related);
    StoredRows stored = StoredRows.load(change, module, fields, touching(drafts));
    for (Draft draft : touching(drafts)) {
      try {
        checkDuration(draft);
        checkStatus(draft, stored);
      } catch (ApiError e) {
        draft.reject(e);
      }
    }
  }

  private List<Draft> touching(List<Draft> drafts) {
    return drafts.stream()
        .filter(
            draft ->
                !draft.existed()
                    || Stream.of(type, status, start, duration, seconds, contact, related)
                        .anyMatch(field -> draft.values().containsKey(field)))
        .toList();
  }

  /** The text wins over the seconds where both are sent. */
  private void checkDuration(Draft draft) {
    if (draft.values().get(duration) instanceof String text) {
      draft.set(seconds, seconds(text, draft));
    } else if (draft.values().get(seconds) instanceof Integer number) {
      if (number < 0) {
        throw Invalid.type("integer", seconds, draft.path(seconds.apiName()));
      }
      draft.set(duration, text(number));
    } else if (draft.values().containsKey(duration)) {
      draft.set(seconds, null);
    }
  }

  private int seconds(String text, Draft draft) {
    Matcher form = DURATION.matcher(text);
    if (!form.matches()) {
      throw Invalid.type("time", duration, draft.path(duration.apiName()));
    }
    int rest = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
    return Integer.parseInt(form.group(1)) * 3600 + Integer.parseInt(form.group(2)) * 60 + rest;
  }

  private static String text(int seconds) {
    String minutes = "%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60);
    return seconds % 60 == 0 ? minutes : "%s:%02d".formatted(minutes, seconds % 60);
  }

  private void checkStatus(Draft draft, StoredRows stored) {
    boolean outbound = OUTBOUND.equals(stored.after(draft, type));
    if (!outbound) {
      draft.set(status, null);
    } else if (stored.after(draft, status) == null) {
      draft.set(status, COMPLETED);
    }
    String now = stored.after(draft, status);
    if (outbound && SCHEDULED.equals(now)) {
      checkScheduled(draft, stored);
    } else if (outbound ? COMPLETED.equals(now) : !MISSED.equals(stored.after(draft, type))) {
      checkLasted(draft, stored.after(draft, duration));
    }
    Field scheduled = field(module, "Scheduled_In_CRM");
    if (!draft.existed() && draft.values().get(scheduled) == null) {
      draft.set(scheduled, (SCHEDULED.equals(now) ? "S" : "Not s") + "cheduled in CRM");
    }
  }

  private void checkScheduled(Draft draft, StoredRows stored) {
    boolean planned = !draft.existed() || !SCHEDULED.equals(stored.before(draft, status));
    String time = stored.after(draft, start);
    boolean moved = planned || draft.values().containsKey(start);
    if (moved && time != null && !moment(time).isAfter(change.stamp().now())) {
      throw Invalid.type("datetime", start, draft.path(start.apiName()))
          .message("The start time of a scheduled call must be in the future.");
    }
    if (stored.after(draft, contact) == null && stored.after(draft, related) == null) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("Who_Id", draft.path("Who_Id"));
    }
  }

  private void checkLasted(Draft draft, @Nullable String lasted) {
    String path = draft.path(duration.apiName());
    if (lasted == null) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(duration.apiName(), path);
    }
    if (DURATION.matcher(lasted).matches() && seconds(lasted, draft) == 0) {
      throw ErrorCode.DEPENDENT_MISMATCH
          .with("dependee", Map.of("api_name", "Call_Type", "json_path", draft.path("Call_Type")))
          .at(duration.apiName(), path)
          .message("Call Duration can not be zero.");
    }
  }

  private static Instant moment(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static Field field(Module module, String name) {
    return module.field(name).orElseThrow();
  }
}
