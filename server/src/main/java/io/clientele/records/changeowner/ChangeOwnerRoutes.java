package io.clientele.records.changeowner;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.ApiVersion;
import io.clientele.http.Call;
import io.clientele.http.ErrorJson;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.records.Outcome;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Records get another owner. Reference: Change Owner. */
public final class ChangeOwnerRoutes {
  private static final Scope SCOPE = Scope.of("change_owner", Operation.CREATE);
  private static final int MAXIMUM_IDS = 500;
  private static final String INVALID_ID = "the id given seems to be invalid";

  private final MetadataCache cache;
  private final ChangeOwner owners;

  public ChangeOwnerRoutes(Records records, MetadataCache cache) {
    this.cache = cache;
    owners = new ChangeOwner(records);
  }

  public void addTo(RouteTable routes) {
    routes
        .api("POST", "/{module}/actions/change_owner", SCOPE, this::many)
        .api("POST", "/{module}/{id}/actions/change_owner", SCOPE, this::one);
  }

  private Reply many(Call call) {
    Metadata metadata = metadata(call);
    Module module = module(call, metadata);
    Item body = body(call);
    List<Long> ids = new ArrayList<>();
    try {
      ids.addAll(ids(body));
    } catch (NotAnId e) {
      return Reply.json(
          400,
          json -> {
            json.writeStartObject();
            json.writeName("data");
            ErrorJson.write(json, e.error);
            json.writeEndObject();
          });
    }
    List<Outcome> outcomes = owners.change(metadata, module, call.caller().userId(), body, ids);
    var results = new Results("data");
    int rejected = 0;
    for (int i = 0; i < ids.size(); i++) {
      Optional<ApiError> error = error(outcomes.get(i), ids.get(i), "$.ids[" + i + "]");
      if (error.isPresent()) {
        results.add(error.get());
        rejected++;
      } else {
        results.add(Done.of("owner is successfully updated", ids.get(i)));
      }
    }
    Reply reply = results.reply(200);
    boolean mixed = rejected > 0 && rejected < ids.size();
    return mixed ? new Reply(202, reply.headers(), reply.contentType(), reply.body()) : reply;
  }

  private Reply one(Call call) {
    Metadata metadata = metadata(call);
    Module module = module(call, metadata);
    Item body = body(call);
    long id = PathId.find(call, "id").orElseThrow(() -> RecordRoutes.unknownId(INVALID_ID));
    Outcome outcome =
        owners.change(metadata, module, call.caller().userId(), body, List.of(id)).getFirst();
    error(outcome, id, "")
        .ifPresent(
            error -> {
              throw error.code() == ErrorCode.INVALID_DATA
                  ? RecordRoutes.unknownId(INVALID_ID)
                  : error;
            });
    var results = new Results("data");
    results.add(Done.of("owner is successfully updated", id));
    return results.reply(200);
  }

  private static Optional<ApiError> error(Outcome outcome, long id, String path) {
    if (!(outcome instanceof Rejected rejected)) {
      return Optional.empty();
    }
    ApiError error = rejected.error();
    return Optional.of(
        error.code() == ErrorCode.INVALID_DATA
            ? ErrorCode.INVALID_DATA
                .with("id", Long.toString(id))
                .at("ids", path)
                .message(INVALID_ID)
            : error);
  }

  /** An id that is no number at all; its error stands alone under {@code data}. */
  private static final class NotAnId extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient ApiError error;

    private NotAnId(int index) {
      super(null, null, false, false);
      error =
          ErrorCode.INVALID_DATA
              .with("expected_data_type", "long")
              .at("ids", "$.ids[" + index + "]");
    }
  }

  private static Set<Long> ids(Item body) throws NotAnId {
    JsonNode list = body.json().path("ids");
    if (list.isMissingNode() || list.isNull() || (list.isArray() && list.isEmpty())) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("ids", "$.ids");
    }
    if (!list.isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at("ids", "$.ids");
    }
    if (list.size() > MAXIMUM_IDS) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM_IDS).at("ids", "$.ids");
    }
    Set<Long> ids = new LinkedHashSet<>();
    for (int i = 0; i < list.size(); i++) {
      Optional<Long> id = PathId.parse(list.get(i).asString(""));
      if (id.isEmpty()) {
        throw new NotAnId(i);
      }
      ids.add(id.get());
    }
    return ids;
  }

  /** The body; older clients say the same in the query. */
  private static Item body(Call call) {
    if (call.query("owner_id").isEmpty()) {
      return new Item((ObjectNode) call.json(), "$");
    }
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.putObject("owner").put("id", call.query("owner_id").orElseThrow());
    call.query("ids")
        .ifPresent(
            ids -> {
              var list = body.putArray("ids");
              for (String id : ids.split(",")) {
                list.add(id.strip());
              }
            });
    call.query("notify").ifPresent(notify -> body.put("notify", Boolean.parseBoolean(notify)));
    call.query("related_modules")
        .ifPresent(
            names -> {
              var list = body.putArray("related_modules");
              for (String name : names.split(",")) {
                list.addObject().put("api_name", name.strip());
              }
            });
    return new Item(body, "$");
  }

  private Metadata metadata(Call call) {
    if (!call.version().atLeast(ApiVersion.V3)) {
      throw ErrorCode.API_NOT_SUPPORTED
          .with("supported_version", 3)
          .message("Change Owner is not supported in this API version");
    }
    return cache.of(call.caller().orgId());
  }

  private static Module module(Call call, Metadata metadata) {
    return OwnedModules.require(
        call, metadata, Set.of("Services__s"), "The requested operation is not supported");
  }
}
