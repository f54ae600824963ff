package io.clientele.records.recyclebin;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import io.clientele.records.Records;
import io.clientele.records.recyclebin.RecycleBin.Told;
import io.clientele.records.recyclebin.RecycleBin.Words;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The recycle bin. References: Recycle Bin Records, Delete Recycle Bin Records, Restore. */
public final class RecycleBinRoutes {
  private static final String SCOPE = "settings.recycle_bin";
  private static final Scope UPDATE = Scope.of(SCOPE, Operation.UPDATE);
  private static final String PATH = "/settings/recycle_bin";
  private static final String ONE = PATH + "/{record}";
  private static final String RESTORE = "/actions/restore";
  private static final int MOST_DELETED = 100;
  private static final int MOST_RESTORED = 200;
  private static final Words RESTORED =
      new Words("record restored", "record has been scheduled for restoration");
  private static final Words DELETED =
      new Words("record deleted", "record has been scheduled for deletion");

  private final MetadataCache cache;
  private final RecycleBin bin;

  public RecycleBinRoutes(Records records, MetadataCache cache, JobQueue jobs) {
    this.cache = cache;
    bin = new RecycleBin(records, jobs);
  }

  public void addTo(RouteTable routes) {
    routes
        .get(PATH, SCOPE, this::list)
        .get(ONE, SCOPE, this::get)
        .get(PATH + "/actions/count", SCOPE, this::count)
        .delete(PATH, SCOPE, this::deleteMany)
        .delete(ONE, SCOPE, this::delete)
        .api("POST", PATH + "/actions/empty", UPDATE, this::empty)
        .api("POST", PATH + RESTORE, UPDATE, this::restoreMany)
        .api("POST", ONE + RESTORE, UPDATE, this::restore);
  }

  /** A page of the bin; 204 when it is empty. */
  private Reply list(Call call) {
    Metadata metadata = metadata(call);
    Paging paging = Paging.of(call);
    String order = order(call, metadata);
    Sql which =
        call.query("ids").isPresent()
            ? Bin.of(ids(call.query("ids").get(), Integer.MAX_VALUE))
            : call.query("filters")
                .map(text -> new BinFilter(metadata, true).read(text))
                .orElse(Sql.TRUE);
    List<BinRow> rows =
        bin.with(
            metadata,
            call.caller().userId(),
            found -> found.list(which, order, paging.perPage() + 1, paging.offset()));
    Paging.Page<BinRow> page = paging.ofOneMore(rows);
    if (page.items().isEmpty()) {
      return Reply.noContent();
    }
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys -> {
                  write(keys, page.items(), metadata, call);
                  keys.object("info", info -> paging.info(info, page.items().size(), page.more()));
                }));
  }

  private static void write(Keys keys, List<BinRow> rows, Metadata metadata, Call call) {
    ZoneId zone = metadata.zoneOf(call.caller().userId());
    keys.array("recycle_bin", rows, (inner, row) -> row.write(inner, metadata, zone));
  }

  private static String order(Call call, Metadata metadata) {
    String by = oneOf(call, "sort_by", List.of("deleted_time", "display_name", "deleted_by"));
    String direction = oneOf(call, "sort_order", List.of("desc", "asc"));
    String column =
        switch (by) {
          case "display_name" -> "lower(t.display_name)";
          case "deleted_by" ->
              "(select u.full_name from "
                  + metadata.org().table("crm_user")
                  + " u where u.id = t.deleted_by)";
          default -> "t.deleted_time";
        };
    return "order by " + column + " " + direction + ", t.id " + direction;
  }

  private static String oneOf(Call call, String name, List<String> known) {
    String value = call.query(name).filter(text -> !text.isEmpty()).orElse(known.getFirst());
    if (!known.contains(value)) {
      throw ErrorCode.INVALID_DATA.with("param_name", name).with("supported_values", known);
    }
    return value;
  }

  private Reply get(Call call) {
    Metadata metadata = metadata(call);
    Optional<BinRow> row =
        PathId.find(call, "record")
            .flatMap(
                id ->
                    bin.with(
                        metadata,
                        call.caller().userId(),
                        found -> found.list(sql("t.id = ?", id), "", 1, 0).stream().findFirst()));
    return row.map(
            found ->
                Reply.ok(
                    json -> Keys.object(json, keys -> write(keys, List.of(found), metadata, call))))
        .orElseGet(Reply::noContent);
  }

  private Reply count(Call call) {
    long count = bin.with(metadata(call), call.caller().userId(), Bin::count);
    return Reply.ok(json -> Keys.object(json, keys -> keys.number("count", (int) count)));
  }

  private Reply deleteMany(Call call) {
    Metadata metadata = metadata(call);
    long userId = call.caller().userId();
    if (call.query("ids").isPresent()) {
      return told(bin.purge(metadata, userId, ids(call.query("ids").get(), MOST_DELETED), DELETED));
    }
    String filters =
        call.query("filters")
            .orElseThrow(
                () ->
                    ErrorCode.EXPECTED_PARAM_MISSING.with(
                        "param_names", List.of("filters", "ids")));
    Sql which = new BinFilter(metadata, true).read(filters);
    bin.later(metadata, userId, BinJob.PURGE, which);
    return scheduled("Bulk deletion of records based on filters has been scheduled");
  }

  private Reply delete(Call call) {
    return told(
        bin.purge(
            metadata(call),
            call.caller().userId(),
            List.of(pathId(call)),
            new Words("Deleted permanently", DELETED.scheduled())));
  }

  private Reply empty(Call call) {
    boolean scheduled = bin.empty(metadata(call), call.caller().userId());
    return Reply.json(
        scheduled ? 202 : 200,
        json ->
            Keys.object(
                json,
                keys ->
                    keys.text("code", scheduled ? "SCHEDULED" : "SUCCESS")
                        .object("details", details -> {})
                        .text(
                            "message",
                            scheduled
                                ? "Empty bin action has been scheduled"
                                : "recyclebin is cleared")
                        .text("status", "success")));
  }

  private Reply restoreMany(Call call) {
    Metadata metadata = metadata(call);
    long userId = call.caller().userId();
    var body = new Item((ObjectNode) call.json(), "$");
    String scope = scope(body);
    switch (scope) {
      case "ids" -> {
        return told(bin.restore(metadata, userId, ids(body), RESTORED));
      }
      case "filters" -> {
        JsonNode filters = body.json().get("filters");
        if (!filters.isObject()) {
          throw type("filters", "jsonobject");
        }
        Sql which = new BinFilter(metadata, false).read(filters, "$.filters");
        bin.later(metadata, userId, BinJob.RESTORE, which);
      }
      default -> bin.later(metadata, userId, BinJob.RESTORE, Sql.TRUE);
    }
    return scheduled("Bulk restoration of records based on filters has been scheduled");
  }

  /** Which of the three ways to say what is restored the body has. */
  private static String scope(Item body) {
    if (body.has("restore_all_records") && !body.json().get("restore_all_records").isBoolean()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "boolean")
          .at("restore_all_records", "$.restore_all_records");
    }
    List<String> given =
        Stream.of("ids", "filters", "restore_all_records")
            .filter(body::has)
            .filter(name -> !body.json().get(name).isBoolean() || body.json().get(name).asBoolean())
            .toList();
    if (given.size() > 1) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with(
          "ambiguity_due_to", given.stream().limit(2).map(body::place).toList());
    }
    return given.stream()
        .findFirst()
        .orElseThrow(
            () ->
                ErrorCode.EXPECTED_FIELD_MISSING.with(
                    "expected_fields",
                    Stream.of("ids", "filters", "restore_all_records").map(body::place).toList()));
  }

  private static List<Long> ids(Item body) {
    JsonNode list = body.json().get("ids");
    if (!list.isArray() || list.isEmpty()) {
      throw type("ids", "jsonarray");
    }
    if (list.size() > MOST_RESTORED) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MOST_RESTORED).at("ids", "$.ids");
    }
    return list.valueStream()
        .map(id -> PathId.parse(id.asString("")).orElseThrow(() -> type("ids", "string")))
        .distinct()
        .toList();
  }

  private static io.clientele.error.ApiError type(String name, String expected) {
    return ErrorCode.INVALID_DATA.with("expected_data_type", expected).at(name, "$." + name);
  }

  private Reply restore(Call call) {
    return told(
        bin.restore(
            metadata(call),
            call.caller().userId(),
            List.of(pathId(call)),
            new Words("Restored", RESTORED.scheduled())));
  }

  private static Reply told(Told told) {
    return told.results().reply(told.scheduled() ? 202 : 200);
  }

  private static Reply scheduled(String message) {
    var results = new Results("recycle_bin");
    results.add(new Done("SCHEDULED", message, keys -> {}));
    return results.reply(202);
  }

  private static List<Long> ids(String text, int most) {
    List<Long> ids =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .map(
                id ->
                    PathId.parse(id)
                        .orElseThrow(
                            () ->
                                ErrorCode.INVALID_DATA
                                    .with("param_name", "ids")
                                    .message("the id given seems to be invalid")))
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      throw ErrorCode.INVALID_DATA.with("param_name", "ids");
    }
    if (ids.size() > most) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", most).with("param_name", "ids");
    }
    return ids;
  }

  private static long pathId(Call call) {
    return PathId.find(call, "record")
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("resource_path_index", 2)
                    .message("the id given seems to be invalid"));
  }

  private Metadata metadata(Call call) {
    return cache.of(call.caller().orgId());
  }
}
