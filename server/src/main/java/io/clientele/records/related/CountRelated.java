package io.clientele.records.related;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.ErrorJson;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Setting;
import io.clientele.metadata.criteria.Criteria;
import io.clientele.records.ExternalIds;
import io.clientele.records.ListRecords;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code POST /{module}/{id}/actions/get_related_records_count}: how long related lists are. */
final class CountRelated {
  private static final String NOUN = "get_related_records_count";
  private static final int MAXIMUM = 20;
  private static final Shape PARAMS =
      Shape.empty()
          .flag("approved")
          .flag("converted")
          .oneOf("category", "link", "files")
          .oneOf("approval_state", "approved");

  private final Records records;
  private final Database database;
  private final ModuleTables tables;
  private final Access access;
  private final ListRecords lists;

  CountRelated(
      Records records, Database database, ModuleTables tables, Access access, ListRecords lists) {
    this.records = records;
    this.database = database;
    this.tables = tables;
    this.access = access;
    this.lists = lists;
  }

  /** What was found for one list. */
  private record Counted(Setting list, long count) {}

  /** One count or error for each list of the body. Reference: Get Related Records Count. */
  Reply count(Call call, Metadata metadata) {
    Module module = RecordRoutes.module(call, metadata);
    long userId = call.caller().userId();
    access.require(metadata, userId, Action.READ, module);
    ExternalIds externals = records.externals(call, metadata);
    long id =
        RelatedCall.id(externals, module, call.path("id")).orElseThrow(CountRelated::unknownRecord);
    List<Item> items = Item.list(call.json(), NOUN, MAXIMUM);
    List<Object> results =
        database.read(
            tx -> {
              requireRecord(tx, metadata, userId, module, id);
              List<Object> found = new ArrayList<>();
              for (Item item : items) {
                try {
                  Setting list = list(module, item);
                  var related = new RelatedCall(metadata, userId, module, id, list, externals);
                  found.add(new Counted(list, count(tx, related, item)));
                } catch (ApiError e) {
                  found.add(e);
                }
              }
              return found;
            });
    return reply(results);
  }

  private static Reply reply(List<Object> results) {
    List<Integer> errors =
        results.stream()
            .filter(ApiError.class::isInstance)
            .map(error -> ((ApiError) error).status())
            .toList();
    return Reply.json(
        Results.status(errors, results.size(), 200),
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart(NOUN);
          for (Object result : results) {
            if (result instanceof Counted counted) {
              Keys.object(json, keys -> write(keys, counted));
            } else {
              ErrorJson.write(json, (ApiError) result);
            }
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(Keys keys, Counted counted) {
    keys.number("count", counted.count)
        .object(
            "related_list",
            list -> list.text("api_name", counted.list.apiName()).id("id", counted.list.id()));
  }

  private long count(Transaction tx, RelatedCall related, Item item) {
    var part =
        related
            .rows(tables)
            .part(related.relation())
            .orElseThrow(
                () ->
                    ErrorCode.NOT_SUPPORTED
                        .error()
                        .status(400)
                        .message("The given related list id is not supported in api"));
    Metadata metadata = related.metadata();
    access.require(metadata, related.userId(), Action.READ, part.module());
    Sql statement =
        sql("select count(*) from " + tables.of(metadata, part.module()) + " t")
            .then(part.within().join())
            .then("where")
            .then(
                part.within()
                    .where()
                    .and(access.rows(metadata, related.userId(), Action.READ, part.module()))
                    .and(parameters(tx, related, part.module(), item)));
    return tx.list(statement, row -> row.getLong(1)).getFirst();
  }

  /** What the item's {@code params} leave of the rows. */
  private Sql parameters(Transaction tx, RelatedCall related, Module rows, Item item) {
    JsonNode params = item.json().path("params");
    String path = item.at("params");
    Shape.empty().object("params", PARAMS).check(item);
    Sql where = params.path("approved").asBoolean(true) ? Sql.TRUE : sql("false");
    if (rows.field("Converted__s").isPresent()) {
      where = where.and(sql("t.\"converted__s\" = ?", params.path("converted").asBoolean(false)));
    }
    where = where.and(category(related, rows, params.path("category").asString("")));
    if (params.hasNonNull("filters")) {
      if (!rows.hasTable()) {
        throw ErrorCode.NOT_SUPPORTED
            .with("expected_data_type", "json_type")
            .at("filters", path + ".filters")
            .status(400)
            .message("Filters are not supported for this modules");
      }
      Metadata metadata = related.metadata();
      JsonNode criteria =
          Criteria.check(tx, metadata, rows, params.path("filters"), "filters", path + ".filters");
      where = where.and(lists.condition(metadata, rows, criteria, related.userId()));
    }
    return where;
  }

  /** Attachments are files or links; rows of other lists are neither, and all are counted. */
  private static Sql category(RelatedCall related, Module rows, String category) {
    if (category.isEmpty() || !rows.apiName().equals("Attachments")) {
      return Sql.TRUE;
    }
    String is = category.equals("link") ? "exists" : "not exists";
    return sql(
        "%s (select 1 from %s f where f.record_id = ? and f.place_id = t.\"id\" and f.link_url is not null)"
            .formatted(is, related.metadata().org().table("file")),
        related.id());
  }

  private static Setting list(Module module, Item item) {
    item.require("related_list");
    JsonNode named = item.json().path("related_list");
    String path = item.at("related_list");
    if (!named.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("related_list", path);
    }
    String name = named.path("api_name").asString("");
    String id = named.path("id").asString("");
    if (name.isEmpty() && id.isEmpty()) {
      throw ErrorCode.EXPECTED_FIELD_MISSING
          .with("expected_fields", List.of(place("api_name", path), place("id", path)))
          .message("Specify atleast one field");
    }
    Optional<Setting> byId =
        module.relatedLists().stream()
            .filter(list -> Long.toString(list.id()).equals(id))
            .findFirst();
    Optional<Setting> byName = RelatedCall.find(module, name);
    if (!id.isEmpty() && byId.isEmpty()) {
      throw invalid("id", path);
    }
    if (!name.isEmpty() && byName.isEmpty()) {
      throw invalid("api_name", path);
    }
    if (byId.isPresent() && byName.isPresent() && byId.get().id() != byName.get().id()) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING
          .with("ambiguity_due_to", List.of(place("id", path), place("api_name", path)))
          .message("Ambiguity while processing the request");
    }
    return byId.or(() -> byName).orElseThrow();
  }

  private static Map<String, String> place(String name, String path) {
    return Map.of("api_name", name, "json_path", path + "." + name);
  }

  private static ApiError invalid(String name, String path) {
    return ErrorCode.INVALID_DATA
        .error()
        .at(name, path + "." + name)
        .message("Given related_list is invalid");
  }

  /** A record that the user may read, and no lead that was converted. */
  private void requireRecord(
      Transaction tx, Metadata metadata, long userId, Module module, long id) {
    String converted = module.field("Converted__s").isPresent() ? "t.\"converted__s\"" : "false";
    Sql record =
        sql(
                "select "
                    + converted
                    + " from "
                    + tables.of(metadata, module)
                    + " t where t.\"id\" = ? and",
                id)
            .then(access.rows(metadata, userId, Action.READ, module));
    boolean isConverted =
        tx.find(record, row -> row.getBoolean(1)).orElseThrow(CountRelated::unknownRecord);
    if (isConverted) {
      throw ErrorCode.INVALID_DATA.with("resource_path_index", 1).message("id already converted");
    }
  }

  private static ApiError unknownRecord() {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", 1)
        .message("the related id given seems to be invalid");
  }
}
