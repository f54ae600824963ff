package io.clientele.metadata.tags;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.metadata.RecordMove;
import io.clientele.metadata.Tag;
import java.util.List;
import java.util.Optional;

/** Tags of modules. Reference: Tags, Merge Tags, Record Count for a Specific Tag. */
public final class TagRoutes {
  private static final String SCOPE = "settings.tags";
  private static final int MAXIMUM_TAGS = 200;

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final ModuleTables tables;
  private final Access access;
  private final MassDeleteTags massDelete;

  public TagRoutes(
      Database database,
      MetadataCache cache,
      MetadataChanges changes,
      ModuleTables tables,
      Access access) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.tables = tables;
    this.access = access;
    massDelete = new MassDeleteTags(database, cache, changes);
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/tags", SCOPE, this::list)
        .post("/settings/tags", SCOPE, this::create)
        .put("/settings/tags", SCOPE, this::updateMany)
        .put("/settings/tags/{tag}", SCOPE, this::update)
        .delete("/settings/tags/{tag}", SCOPE, this::delete)
        .post("/settings/tags/{tag}/actions/merge", SCOPE, this::merge)
        .get("/settings/tags/{tag}/actions/records_count", SCOPE, this::recordsCount);
    massDelete.addTo(routes);
  }

  /** The tags of a module, those the user made only with {@code my_tags}. */
  private Reply list(Call call) {
    Metadata metadata = metadata(call);
    Module module = module(call, metadata);
    long userId = call.caller().userId();
    boolean mine = call.query("my_tags").orElse("").equals("true");
    List<TagSql.Row> tags =
        database.read(tx -> TagSql.list(tx, metadata.org(), module.id())).stream()
            .filter(tag -> !mine || Long.valueOf(userId).equals(tag.createdBy()))
            .toList();
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array("tags", tags, TagJson.of(metadata, userId)::write)
                        .object(
                            "info",
                            info ->
                                info.number("record_limit", TagRules.RECORD_LIMIT)
                                    .number("count", tags.size())
                                    .number("allowed_count", TagRules.MODULE_LIMIT))));
  }

  private Reply create(Call call) {
    Metadata metadata = metadata(call);
    Module module = module(call, metadata);
    TagService service = service(call, metadata);
    return changes.each(
        call, "tags", MAXIMUM_TAGS, 201, (change, item) -> service.create(change, module, item));
  }

  private Reply updateMany(Call call) {
    Metadata metadata = metadata(call);
    Module module = module(call, metadata);
    TagService service = service(call, metadata);
    return changes.each(
        call, "tags", MAXIMUM_TAGS, 200, (change, item) -> service.update(change, module, item));
  }

  private Reply update(Call call) {
    Metadata metadata = metadata(call);
    Module module = module(call, metadata);
    Tag tag = tag(call, metadata);
    if (tag.moduleId() != module.id()) {
      throw TagRules.notFound(call.path("tag"));
    }
    TagService service = service(call, metadata);
    return changes.each(
        call, "tags", 1, 200, (change, item) -> service.update(change, module, tag.id(), item));
  }

  private Reply delete(Call call) {
    Metadata metadata = metadata(call);
    Tag tag = tag(call, metadata);
    TagRules.requirePermission(metadata, call.caller().userId(), moduleOf(metadata, tag));
    TagService service = service(call, metadata);
    return changes.each(
        call,
        "tags",
        List.of(tag.id()),
        200,
        (change, id) -> {
          service.delete(change, List.of(id));
          return Done.of("tags deleted successfully", id);
        });
  }

  /**
   * Most records get the other tag before the change, a few at a time; those of requests that began
   * before it right after.
   */
  private Reply merge(Call call) {
    Metadata metadata = metadata(call);
    Tag tag = tag(call, metadata);
    TagRules.requirePermission(metadata, call.caller().userId(), moduleOf(metadata, tag));
    TagService service = service(call, metadata);
    List<Item> items = Item.list(call.json(), "tags", 1);
    Optional<RecordMove> records = TagService.replacement(metadata, tag.id(), items.getFirst());
    records.ifPresent(move -> move.inBatches(database, metadata.org()));
    Reply reply =
        changes.each(
            call, "tags", items, 200, (change, item) -> service.merge(change, tag.id(), item));
    records.ifPresent(move -> move.inBatches(database, metadata.org()));
    return reply;
  }

  /** How many records the user may see carry the tag. */
  private Reply recordsCount(Call call) {
    Metadata metadata = metadata(call);
    Module module = module(call, metadata);
    Tag tag = tag(call, metadata);
    if (tag.moduleId() != module.id()) {
      throw TagRules.notFound(call.path("tag"));
    }
    long userId = call.caller().userId();
    access.require(metadata, userId, Action.READ, module);
    String table = tables.of(metadata, module);
    Sql visible = access.rows(metadata, userId, Action.READ, module);
    long count = database.read(tx -> TagSql.countRecords(tx, table, module, tag.id(), visible));
    return Reply.ok(json -> Keys.object(json, keys -> keys.text("count", Long.toString(count))));
  }

  private Metadata metadata(Call call) {
    return cache.of(call.caller().orgId());
  }

  private static TagService service(Call call, Metadata metadata) {
    return new TagService(metadata, call.caller().userId());
  }

  private static Module module(Call call, Metadata metadata) {
    Module module = TagRules.module(metadata, call);
    TagRules.requirePermission(metadata, call.caller().userId(), module);
    return module;
  }

  private static Tag tag(Call call, Metadata metadata) {
    return PathId.find(call, "tag")
        .flatMap(metadata::findTag)
        .orElseThrow(() -> TagRules.notFound(call.path("tag")));
  }

  private static Module moduleOf(Metadata metadata, Tag tag) {
    return metadata.find(tag.moduleId()).orElseThrow(ErrorCode.INVALID_MODULE::error);
  }
}
