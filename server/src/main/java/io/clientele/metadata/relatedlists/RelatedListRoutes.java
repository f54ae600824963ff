package io.clientele.metadata.relatedlists;

import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The related lists of a module (related_lists, read side). */
public final class RelatedListRoutes {
  private static final String SCOPE = "settings.related_lists";
  private static final List<String> STATUSES =
      List.of("visible", "user_hidden", "scheduled_for_deletion");

  /** Rows of these belong to other records and have no lists of their own. */
  private static final Set<String> WITHOUT_LISTS = Set.of("subform", "linking", "field_tracker");

  private final MetadataCache cache;

  public RelatedListRoutes(MetadataCache cache) {
    this.cache = cache;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/related_lists", SCOPE, this::list)
        .get("/settings/related_lists/{list}", SCOPE, this::one);
  }

  /** The lists of a module, or those of one {@code status}; 204 when there are none. */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module = module(reader, call);
    Optional<String> status = status(call);
    checkLayout(call, module);
    List<Setting> lists =
        module.relatedLists().stream()
            .filter(list -> status.isEmpty() || status(list).equals(status.get()))
            .toList();
    return lists.isEmpty() ? Reply.noContent() : reply(reader, module, lists);
  }

  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module = module(reader, call);
    Setting found =
        PathId.require(
            call,
            "list",
            id -> module.relatedLists().stream().filter(list -> list.id() == id).findFirst());
    return reply(reader, module, List.of(found));
  }

  private static Reply reply(Reader reader, Module module, List<Setting> lists) {
    return Reply.list(
        "related_lists", lists, (keys, list) -> RelatedListJson.write(keys, reader, module, list));
  }

  private static Module module(Reader reader, Call call) {
    Module module = ModuleParameter.of(reader.metadata(), call);
    if (WITHOUT_LISTS.contains(module.generatedType())) {
      throw ErrorCode.NOT_SUPPORTED
          .with("param_name", "module")
          .status(400)
          .message("the given module is not supported for this api");
    }
    return module;
  }

  private static Optional<String> status(Call call) {
    Optional<String> status = call.query("status");
    if (status.isPresent() && !STATUSES.contains(status.get())) {
      throw ErrorCode.INVALID_DATA
          .with("param_name", "status")
          .with("supported_values", STATUSES)
          .message("The status given is invalid.");
    }
    return status;
  }

  private static void checkLayout(Call call, Module module) {
    Optional<String> layout = call.query("layout_id");
    boolean known =
        layout.isEmpty()
            || module.layouts().stream()
                .anyMatch(candidate -> Long.toString(candidate.id()).equals(layout.get()));
    if (!known) {
      throw ErrorCode.INVALID_DATA
          .with("param_name", "layout_id")
          .message("the id given seems to be invalid");
    }
  }

  private static String status(Setting list) {
    return list.body().path("status").asString("visible");
  }
}
