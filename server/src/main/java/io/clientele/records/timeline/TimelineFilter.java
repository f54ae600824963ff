package io.clientele.records.timeline;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The parameter {@code filters}: conditions on entries, as SQL over the ledger, aliased c. */
final class TimelineFilter {
  private static final Set<String> MODULES =
      Set.of("Notes", "Attachments", "Tasks", "Calls", "Events", "Emails");
  private static final int DEPTH = 5;
  private static final int VALUES = 100;
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME,
          DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]xx"));

  private final Metadata metadata;

  private TimelineFilter(Metadata metadata) {
    this.metadata = metadata;
  }

  /**
   * @throws ApiError INVALID_DATA about the parameter
   */
  static Sql of(Call call, Metadata metadata) {
    Optional<String> text = call.query("filters").filter(filters -> !filters.isBlank());
    if (text.isEmpty()) {
      return Sql.TRUE;
    }
    JsonNode filter = Json.object(text.get()).orElseThrow(TimelineFilter::invalid);
    return new TimelineFilter(metadata).condition(filter, DEPTH);
  }

  private static ApiError invalid() {
    return ErrorCode.INVALID_DATA.with("param_name", "filters");
  }

  private Sql condition(JsonNode filter, int depth) {
    if (filter.has("group") || filter.has("group_operator")) {
      return group(filter, depth);
    }
    String comparator = filter.path("comparator").asString("");
    JsonNode value = filter.path("value");
    return switch (filter.path("field").path("api_name").asString("")) {
      case "record.module.api_name" ->
          sql("c.module_id = any(?)", (Object) modules(texts(comparator, value)));
      case "done_by.id" -> sql("c.user_id = any(?)", (Object) ids(texts(comparator, value)));
      case "source" ->
          sql("c.source = any(?)", (Object) texts(comparator, value).toArray(String[]::new));
      case "audited_time" -> between(comparator, value);
      default -> throw invalid();
    };
  }

  private Sql group(JsonNode filter, int depth) {
    String operator = filter.path("group_operator").asString("");
    JsonNode group = filter.path("group");
    boolean known = operator.equalsIgnoreCase("and") || operator.equalsIgnoreCase("or");
    if (!known || !group.isArray() || group.isEmpty() || depth == 0 || group.size() > VALUES) {
      throw invalid();
    }
    var parts = new ArrayList<Sql>();
    group.forEach(part -> parts.add(condition(part, depth - 1)));
    return sql("(").then(Sql.join(" " + operator + " ", parts)).then(")");
  }

  private static List<String> texts(String comparator, JsonNode value) {
    boolean one = comparator.equals("equal") && value.isString();
    boolean several = comparator.equals("in") && value.isArray() && value.size() <= VALUES;
    if (!one && !several) {
      throw invalid();
    }
    var texts = new ArrayList<String>();
    for (JsonNode text : one ? List.of(value) : value) {
      if (!text.isString() || text.asString().indexOf('\0') >= 0) {
        throw invalid();
      }
      texts.add(text.asString());
    }
    return texts;
  }

  private Long[] modules(List<String> names) {
    if (!MODULES.containsAll(names)) {
      throw invalid().message("the relation name given seems to be invalid");
    }
    return names.stream().map(metadata::get).map(Module::id).toArray(Long[]::new);
  }

  private static Long[] ids(List<String> texts) {
    if (!texts.stream().allMatch(text -> text.matches("\\d{1,18}|[1-8]\\d{18}"))) {
      throw invalid();
    }
    return texts.stream().map(Long::valueOf).toArray(Long[]::new);
  }

  private static Sql between(String comparator, JsonNode value) {
    if (!comparator.equals("between") || !value.isArray() || value.size() != 2) {
      throw invalid();
    }
    return sql(
        "c.time between ?::timestamptz and ?::timestamptz",
        moment(value.get(0)),
        moment(value.get(1)));
  }

  private static String moment(JsonNode value) {
    for (DateTimeFormatter format : FORMATS) {
      try {
        OffsetDateTime moment = OffsetDateTime.parse(value.asString(""), format);
        if (moment.getYear() > 0 && moment.getYear() < 10_000) {
          return moment.toInstant().toString();
        }
      } catch (DateTimeException e) {
        // not this one: the next format
      }
    }
    throw invalid();
  }
}
