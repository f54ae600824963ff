package io.clientele.records.related;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.relatedlists.Relation;
import io.clientele.metadata.relatedlists.Relation.Items;
import io.clientele.metadata.relatedlists.Relation.Links;
import io.clientele.metadata.relatedlists.Relation.Lookup;
import io.clientele.metadata.relatedlists.Relation.Nothing;
import io.clientele.metadata.relatedlists.Relation.Participants;
import io.clientele.metadata.relatedlists.Relation.Several;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import io.clientele.records.WriteBody;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes related lists: links records, changes what is linked, and takes links away. References:
 * Update Related Records, Delink Related Records.
 */
final class ChangeRelated {
  private static final int MAXIMUM_IDS = 100;

  private final Records records;
  private final ModuleTables tables;
  private final Access access;

  ChangeRelated(Records records, ModuleTables tables, Access access) {
    this.records = records;
    this.tables = tables;
    this.access = access;
  }

  /** Links the records of the body's {@code data}, or changes those that are in the list. */
  Reply updateMany(Call call, Metadata metadata) {
    return update(call, metadata, Optional.empty());
  }

  /** The same for the one record in the path. */
  Reply update(Call call, Metadata metadata) {
    return update(call, metadata, Optional.of(call.path("related_id")));
  }

  private Reply update(Call call, Metadata metadata, Optional<String> id) {
    var related = RelatedCall.of(call, metadata, records, 1);
    JsonNode data = WriteBody.data(call.json());
    if (id.isPresent() && data.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at("data", "$.data");
    }
    Relation relation = related.relation();
    Module rows = changeable(relation);
    Optional<ApiError> tooMany = WriteBody.tooMany(rows, data);
    if (tooMany.isPresent()) {
      var results = new Results("data");
      results.add(tooMany.get());
      return results.reply(200);
    }
    id.ifPresent(text -> name(related, rows, data.get(0), text));
    AskedRows asked = AskedRows.of(related, rows, data);
    return change(
        related,
        change ->
            relation instanceof Links links
                ? new LinkedRecords(change, related, links).link(asked).reply(200)
                : new OwnRecords(change, related, (Lookup) relation).update(asked));
  }

  /** Puts the id in the path into the row. */
  private static void name(RelatedCall related, Module rows, JsonNode row, String text) {
    if (row instanceof ObjectNode object) {
      related.externals().nameOf(rows).ifPresent(object::remove);
      object.put(
          "id", RelatedCall.id(related.externals(), rows, text).map(String::valueOf).orElse(text));
    }
  }

  /**
   * The module of the records in lists that can be changed.
   *
   * @throws ApiError INVALID_DATA about the name of the list
   */
  private static Module changeable(Relation relation) {
    return switch (relation) {
      case Links links -> links.rows();
      case Lookup lookup -> lookup.rows();
      case Items items -> throw RelatedCall.unknownList();
      case Several several -> throw RelatedCall.unknownList();
      case Participants people -> throw RelatedCall.unknownList();
      case Nothing nothing -> throw RelatedCall.unknownList();
    };
  }

  /** Takes the records named in {@code ids} out of the list. */
  Reply delinkMany(Call call, Metadata metadata) {
    var related = RelatedCall.of(call, metadata, records, 1);
    List<String> texts =
        Arrays.stream(call.query("ids").orElse("").split(","))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .distinct()
            .toList();
    if (texts.isEmpty()) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .with("param_name", "ids")
          .message("One of the expected parameter is missing");
    }
    if (texts.size() > MAXIMUM_IDS) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", Integer.toString(MAXIMUM_IDS))
          .with("param_name", "ids")
          .message("Limit Exceeded, You cannot give more than 100 record ids");
    }
    return delink(related, texts);
  }

  /** Takes the record in the path out of the list. */
  Reply delink(Call call, Metadata metadata) {
    var related = RelatedCall.of(call, metadata, records, 1);
    return delink(related, List.of(call.path("related_id")));
  }

  private Reply delink(RelatedCall related, List<String> texts) {
    Relation relation = related.relation();
    AskedIds asked = AskedIds.of(related.externals(), changeable(relation), texts);
    return change(
        related,
        change ->
            relation instanceof Links links
                ? new LinkedRecords(change, related, links).delink(asked).reply(200)
                : new OwnRecords(change, related, (Lookup) relation).delink(asked));
  }

  /** Does {@code work} with the record locked, if the user may change it. */
  private Reply change(RelatedCall related, Function<RecordChange, Reply> work) {
    access.require(related.metadata(), related.userId(), Action.UPDATE, related.module());
    Sql record = related.record(tables, access, Action.UPDATE).then("for no key update of t");
    return records.change(
        related.metadata(),
        related.userId(),
        Source.CRM_API,
        change -> {
          if (change.tx().list(record, row -> row.getLong(1)).isEmpty()) {
            throw RelatedCall.unknownRecord(1);
          }
          return work.apply(change);
        });
  }
}
