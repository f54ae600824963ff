package io.clientele.metadata;

import io.clientele.audit.AuditLog;
import io.clientele.audit.AuditLog.Entry;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.metadata.MetadataChange.Noted;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What changes of settings leave in the audit log. */
final class SettingsAudit {
  private static final String CALL = "crm_api";
  private static final List<String> NAMES =
      List.of("name", "api_name", "display_label", "field_label", "display_value", "id");

  private SettingsAudit() {}

  /** An entry for each thing that the call asked for, or one for all that it did. */
  static List<Entry> of(Call call, MetadataChange change) {
    List<Noted> noted = change.noted();
    String noun = noun(call);
    Long moduleId = module(call, change);
    if (noted.isEmpty()) {
      noted = List.of(new Noted(action(call), noun, moduleId, ""));
    }
    return noted.stream()
        .map(one -> entry(one, moduleId, change, CALL, call.remoteAddress()))
        .toList();
  }

  /** An entry for each document that was written without a call, such as by a configuration. */
  static List<Entry> of(MetadataChange change) {
    return change.noted().stream()
        .map(one -> entry(one, null, change, "configuration", null))
        .toList();
  }

  private static Entry entry(
      Noted noted,
      @Nullable Long moduleId,
      MetadataChange change,
      String source,
      @Nullable String address) {
    Long of = noted.moduleId() == null ? moduleId : noted.moduleId();
    return new Entry(
        change.userId(),
        noted.action(),
        noted.noun(),
        of != null && change.metadata().find(of).isPresent() ? of : null,
        noted.name().isEmpty() ? null : noted.name(),
        source,
        address);
  }

  static String action(Call call) {
    return switch (call.method()) {
      case "POST" -> AuditLog.ADDED;
      case "DELETE" -> AuditLog.DELETED;
      default -> AuditLog.UPDATED;
    };
  }

  /** The first of the keys that can name a thing. */
  static String name(Object item) {
    if (item instanceof Item body) {
      return NAMES.stream().map(body::text).filter(text -> !text.isBlank()).findFirst().orElse("");
    }
    return String.valueOf(item);
  }

  private static String noun(Call call) {
    List<String> words = List.of(call.rawPath().split("/"));
    int settings = words.indexOf("settings");
    return settings >= 0 && settings + 1 < words.size()
        ? words.get(settings + 1)
        : words.get(Math.min(3, words.size() - 1));
  }

  private static @Nullable Long module(Call call, MetadataChange change) {
    return call.query("module")
        .or(() -> call.hasPath("module") ? Optional.of(call.path("module")) : Optional.empty())
        .flatMap(change.metadata()::find)
        .map(Module::id)
        .orElse(null);
  }
}
