package io.clientele.records;

import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.ErrorJson;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.Tag;
import io.clientele.records.RecordTags.Result;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Paths that add tags to records and take them off. */
public final class RecordTagRoutes {
  private final MetadataCache cache;
  private final RecordTags tags;

  public RecordTagRoutes(Records records, MetadataCache cache) {
    this.cache = cache;
    tags = new RecordTags(records);
  }

  public void addTo(RouteTable routes) {
    Scope create = Scope.modules(Operation.CREATE);
    Scope update = Scope.modules(Operation.UPDATE);
    routes
        .api("POST", "/{module}/actions/add_tags", create, this::addToMany)
        .api("POST", "/{module}/actions/remove_tags", update, this::removeFromMany)
        .api("POST", "/{module}/{id}/actions/add_tags", create, this::add)
        .api("POST", "/{module}/{id}/actions/remove_tags", update, this::remove);
  }

  private Reply addToMany(Call call) {
    List<Result> results = add(call, TagRequest::ids);
    long kept = results.stream().filter(result -> result.error().isEmpty()).count();
    return reply(
        results,
        keys ->
            keys.text("success_count", Long.toString(kept)).text("locked_count", locked(results)));
  }

  private Reply removeFromMany(Call call) {
    List<Result> results = remove(call, TagRequest::ids);
    return reply(results, keys -> keys.text("locked_count", locked(results)));
  }

  private static String locked(List<Result> results) {
    return Long.toString(
        results.stream()
            .flatMap(result -> result.error().stream())
            .filter(error -> error.code() == ErrorCode.RECORD_LOCKED)
            .count());
  }

  private Reply add(Call call) {
    return one(add(call, request -> List.of(call.path("id"))));
  }

  private Reply remove(Call call) {
    return one(remove(call, request -> List.of(call.path("id"))));
  }

  private List<Result> add(Call call, Function<TagRequest, List<String>> ids) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = RecordRoutes.writable(call, metadata);
    long userId = call.caller().userId();
    var request = TagRequest.of(call);
    return tags.add(
        metadata, module, userId, ids.apply(request), request.tags(), request.overWrite());
  }

  private List<Result> remove(Call call, Function<TagRequest, List<String>> ids) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = RecordRoutes.writable(call, metadata);
    long userId = call.caller().userId();
    var request = TagRequest.of(call);
    return tags.remove(metadata, module, userId, ids.apply(request), request.tags());
  }

  /** An id in the path that names no record is an error of the call. */
  private static Reply one(List<Result> results) {
    boolean unknown =
        results
            .getFirst()
            .error()
            .filter(error -> error.code() == ErrorCode.INVALID_DATA)
            .isPresent();
    if (unknown) {
      throw RecordRoutes.unknownId("the id given seems to be invalid");
    }
    return reply(results, keys -> {});
  }

  private static Reply reply(List<Result> results, Consumer<Keys> summary) {
    List<Integer> errors =
        results.stream().flatMap(result -> result.error().stream()).map(e -> e.status()).toList();
    return Reply.json(
        Results.status(errors, results.size(), 200),
        json ->
            Keys.object(
                json,
                keys -> {
                  keys.value("data", data -> rows(data, results));
                  if (errors.size() < results.size()) {
                    summary.accept(keys);
                  }
                }));
  }

  private static void rows(JsonGenerator json, List<Result> results) {
    json.writeStartArray();
    for (Result result : results) {
      result
          .error()
          .ifPresentOrElse(
              error -> ErrorJson.write(json, error),
              () -> Keys.object(json, keys -> write(keys, result)));
    }
    json.writeEndArray();
  }

  private static void write(Keys keys, Result result) {
    keys.text("code", "SUCCESS")
        .object(
            "details",
            details ->
                details
                    .text("id", result.id())
                    .array("tags", result.tags(), RecordTagRoutes::write))
        .text("message", "tags updated successfully")
        .text("status", "success");
  }

  private static void write(Keys keys, Tag tag) {
    keys.text("name", tag.name()).id("id", tag.id()).text("color_code", tag.colorCode());
  }
}
