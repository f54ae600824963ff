package io.clientele.metadata.recordlocking;

import io.clientele.access.Access;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;

/** How records of a module are locked (record_locking_configurations); one for each module. */
public final class RecordLockingRoutes {
  private static final String SCOPE = "settings.record_locking_configurations";
  private static final String NOUN = "record_locking_configurations";
  private static final String PATH = "/settings/record_locking_configurations";
  private static final String ONE = PATH + "/{configuration}";

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;
  private final JobQueue jobs;

  public RecordLockingRoutes(
      MetadataCache cache, MetadataChanges changes, Access access, JobQueue jobs) {
    this.jobs = jobs;
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .get(PATH, SCOPE, this::list)
        .get(ONE, SCOPE, this::list)
        .post(PATH, SCOPE, this::create)
        .put(PATH, SCOPE, this::update)
        .put(ONE, SCOPE, this::update)
        .delete(PATH, SCOPE, this::delete)
        .delete(ONE, SCOPE, this::delete);
  }

  /** The configuration of the module; 204 when it has none. */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module = module(reader, call);
    if (!call.query("feature_type").orElse("record_locking").equals("record_locking")) {
      throw ErrorCode.INVALID_DATA.with("param_name", "feature_type");
    }
    Optional<Setting> setting =
        call.hasPath("configuration")
            ? Optional.of(named(call, reader.metadata(), module))
            : RecordLocking.setting(reader.metadata(), module);
    return setting.isEmpty()
        ? Reply.noContent()
        : Reply.list(NOUN, List.of(setting.get()), new RecordLockingJson(reader, module)::write);
  }

  private Reply create(Call call) {
    module(Reader.of(cache, call), call);
    Item item = Item.list(call.json(), NOUN, 1).getFirst();
    return changes.change(
        call,
        change -> {
          Module module = moduleIn(change, call);
          var write = new WriteRecordLocking(change, module);
          write.requireNone();
          return result(change, module, () -> write.create(item), 201);
        });
  }

  private Reply update(Call call) {
    module(Reader.of(cache, call), call);
    Item item = Item.list(call.json(), NOUN, 1).getFirst();
    return changes.change(
        call,
        change -> {
          Module module = moduleIn(change, call);
          if (call.hasPath("configuration")) {
            Setting setting = named(call, change.metadata(), module);
            WriteRecordLocking.requireOwn(setting, "updated");
            return result(change, module, () -> write(change, module).update(setting, item), 200);
          }
          Optional<Setting> own = RecordLocking.setting(change.metadata(), module);
          own.ifPresent(setting -> WriteRecordLocking.requireOwn(setting, "updated"));
          return result(
              change, module, () -> write(change, module).update(inBody(own, item), item), 200);
        });
  }

  /** The module's configuration, when the body names no other. */
  private static Setting inBody(Optional<Setting> own, Item item) {
    return own.filter(
            setting -> !item.has("id") || item.text("id").equals(Long.toString(setting.id())))
        .orElseThrow(() -> item.invalid("id").message("the id given seems to be invalid"));
  }

  private Reply delete(Call call) {
    module(Reader.of(cache, call), call);
    return changes.change(
        call,
        change -> {
          Module module = moduleIn(change, call);
          Setting setting =
              call.hasPath("configuration")
                  ? named(call, change.metadata(), module)
                  : RecordLocking.setting(change.metadata(), module)
                      .orElseThrow(
                          () ->
                              ErrorCode.INVALID_DATA
                                  .with("resource_path_index", 2)
                                  .message("the id given seems to be invalid"));
          WriteRecordLocking.requireOwn(setting, "deleted");
          return result(change, module, () -> write(change, module).delete(setting), 200);
        });
  }

  private interface Work {
    Done run();
  }

  /** The outcome of the one configuration a call is about; a job takes it to the records. */
  private Reply result(MetadataChange change, Module module, Work work, int success) {
    var results = new Results(NOUN);
    try {
      results.add(change.part(work::run));
      jobs.schedule(
          change.tx(),
          change.org(),
          RecordLocking.JOB,
          Json.MAPPER.createObjectNode().put("module", module.id()),
          change.userId());
    } catch (ApiError e) {
      results.add(e);
    }
    return results.reply(success);
  }

  private static WriteRecordLocking write(MetadataChange change, Module module) {
    return new WriteRecordLocking(change, module);
  }

  private Module module(Reader reader, Call call) {
    access.require(reader.metadata(), reader.userId(), Access.CUSTOMIZE);
    Module module = ModuleParameter.of(reader.metadata(), call);
    if (!RecordLocking.supports(module)) {
      throw ErrorCode.NOT_SUPPORTED
          .with("param_name", "module")
          .status(400)
          .message("the module name given is not supported for the  feature");
    }
    return module;
  }

  private static Module moduleIn(MetadataChange change, Call call) {
    return ModuleParameter.of(change.metadata(), call);
  }

  private static Setting named(Call call, Metadata metadata, Module module) {
    return PathId.require(
        call,
        "configuration",
        id -> RecordLocking.setting(metadata, module).filter(setting -> setting.id() == id));
  }
}
