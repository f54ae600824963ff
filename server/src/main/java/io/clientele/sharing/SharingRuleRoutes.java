package io.clientele.sharing;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Rules that share records beyond the defaults (data_sharing/rules). One a call is changed. */
public final class SharingRuleRoutes {
  private static final String NOUN = "sharing_rules";
  private static final String AREA = "settings.data_sharing";
  private static final String PATH = "/settings/data_sharing/rules";
  private static final String ONE = PATH + "/{rule}";
  private static final String ACTIVATE = ONE + "/actions/activate";
  private static final String SUMMARY = PATH + "/actions/summary";
  private static final int CREATED = 201;
  private static final int PATH_INDEX = 3;

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public SharingRuleRoutes(
      Database database, MetadataCache cache, MetadataChanges changes, Access access) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    Scope read = Scope.of(AREA, Operation.READ);
    Scope update = Scope.of(AREA, Operation.UPDATE);
    routes
        .get(PATH, AREA, this::list)
        .get(ONE, AREA, this::one)
        .post(PATH, AREA, this::create)
        .put(PATH, AREA, this::updateNamed)
        .put(ONE, AREA, this::update)
        .delete(ONE, AREA, this::delete)
        .put(ACTIVATE, AREA, call -> changeOne(call, SharingRules::activate))
        .api("DELETE", ACTIVATE, update, call -> changeOne(call, SharingRules::deactivate))
        .api("POST", PATH + "/search", read, this::search)
        .get(SUMMARY, AREA, this::summary)
        .api("POST", SUMMARY, read, this::filteredSummary)
        .api("POST", PATH + "/actions/run", update, this::rerun);
  }

  /** The rules of one module or of all; 204 when there are none. */
  private Reply list(Call call) {
    return page(call, permitted(call), rule -> true);
  }

  /** The rules that a filter in the body lets through; 204 when there are none. */
  private Reply search(Call call) {
    return page(call, permitted(call), RuleFilter.of(call.json()));
  }

  private static Reply page(Call call, Metadata metadata, Predicate<Setting> wanted) {
    Paging paging = Paging.of(call);
    List<Module> modules = modules(call, metadata);
    var page =
        paging.of(
            SharingRules.all(metadata).stream()
                .filter(rule -> isOf(modules, rule))
                .filter(wanted)
                .toList());
    return Reply.page(NOUN, page, new SharingRuleJson(metadata)::write);
  }

  private static boolean isOf(List<Module> modules, Setting rule) {
    return modules.stream().anyMatch(module -> module.id() == SharingRules.moduleOf(rule));
  }

  /** One rule with its criteria; the parameter {@code module} may be left out. */
  private Reply one(Call call) {
    Metadata metadata = permitted(call);
    Setting rule = named(call, metadata, modules(call, metadata));
    return Reply.list(NOUN, List.of(rule), new SharingRuleJson(metadata)::writeWhole);
  }

  private Reply create(Call call) {
    return changeItem(call, CREATED, SharingRules::create);
  }

  /** The rule whose id stands in the body. */
  private Reply updateNamed(Call call) {
    return changeItem(
        call,
        200,
        (change, module, item) -> {
          item.require("id");
          Setting rule =
              PathId.parse(item.text("id"))
                  .flatMap(id -> find(change.metadata(), List.of(module), id))
                  .orElseThrow(() -> item.invalid("id"));
          return SharingRules.update(change, module, rule, item);
        });
  }

  private Reply update(Call call) {
    return changeItem(
        call,
        200,
        (change, module, item) -> {
          Setting rule = named(call, change.metadata(), List.of(module));
          if (item.has("id") && !item.text("id").equals(Long.toString(rule.id()))) {
            throw item.invalid("id");
          }
          return SharingRules.update(change, module, rule, item);
        });
  }

  private Reply delete(Call call) {
    return changeOne(call, SharingRules::delete);
  }

  private interface Work {
    Done on(MetadataChange change, Module module, Item item);
  }

  /** Errors about the body stand in the list, those about path and parameters alone. */
  private Reply changeItem(Call call, int success, Work work) {
    Metadata metadata = permitted(call);
    Module named = module(call, metadata);
    if (call.hasPath("rule")) {
      named(call, metadata, List.of(named));
    }
    if (success != CREATED) {
      database.change(tx -> requireIdle(tx, metadata, named));
    }
    JsonNode body = call.json();
    if (body.path(NOUN).isArray() && body.path(NOUN).size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at(NOUN, "$." + NOUN);
    }
    return changes.each(
        call,
        NOUN,
        1,
        success,
        (change, item) -> work.on(change, module(call, change.metadata()), item));
  }

  /** Changes the rule of the path; errors are about the path, and the reply as a whole. */
  private Reply changeOne(Call call, BiFunction<MetadataChange, Setting, Done> work) {
    module(call, permitted(call));
    return changes.change(
        call,
        change -> {
          Module module = module(call, change.metadata());
          Setting rule = named(call, change.metadata(), List.of(module));
          requireIdle(change.tx(), change.metadata(), module);
          var results = new Results(NOUN);
          try {
            results.add(work.apply(change, rule));
          } catch (ApiError e) {
            throw e.with("resource_path_index", PATH_INDEX);
          }
          return results.reply(200);
        });
  }

  /** How many rules each module has, and whether they are being run. */
  private Reply summary(Call call) {
    Metadata metadata = permitted(call);
    return summary(metadata, modules(call, metadata), rule -> true);
  }

  /** The same of the rules that a filter lets through; 204 when there are none. */
  private Reply filteredSummary(Call call) {
    Metadata metadata = permitted(call);
    Predicate<Setting> wanted = RuleFilter.of(call.json());
    List<Module> modules =
        modules(call, metadata).stream()
            .filter(module -> SharingRules.of(metadata, module.id()).stream().anyMatch(wanted))
            .toList();
    return modules.isEmpty() ? Reply.noContent() : summary(metadata, modules, wanted);
  }

  private Reply summary(Metadata metadata, List<Module> modules, Predicate<Setting> wanted) {
    Set<Long> running = database.read(tx -> SharingRules.running(tx, metadata.org()));
    return Reply.list(
        "sharing_rules_summary",
        modules,
        (keys, module) ->
            keys.object(
                    "module",
                    inner -> inner.text("api_name", module.apiName()).id("id", module.id()))
                .flag("rule_computation_status", running.contains(module.id()))
                .number(
                    "rule_count",
                    SharingRules.of(metadata, module.id()).stream().filter(wanted).count()));
  }

  /** Runs all rules of the module again, as a job; 204 when it has none. */
  private Reply rerun(Call call) {
    module(call, permitted(call));
    return changes.change(
        call,
        change -> {
          Module module = module(call, change.metadata());
          requireIdle(change.tx(), change.metadata(), module);
          if (SharingRules.of(change.metadata(), module.id()).isEmpty()) {
            return Reply.noContent();
          }
          SharingRules.rerun(change, module);
          var results = new Results(NOUN);
          results.add(new Done("SCHEDULED", "sharing rules are scheduled to run", keys -> {}));
          return results.reply(200);
        });
  }

  private static void requireIdle(Transaction tx, Metadata metadata, Module module) {
    if (SharingRules.running(tx, metadata.org()).contains(module.id())) {
      throw ErrorCode.CANNOT_PROCESS.error().message("The scheduler is currently running");
    }
  }

  private Metadata permitted(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    access.require(metadata, call.caller().userId(), Access.DATA_SHARING);
    return metadata;
  }

  /** The module of the parameter, or all. */
  private static List<Module> modules(Call call, Metadata metadata) {
    return call.query("module").isPresent()
        ? List.of(module(call, metadata))
        : metadata.modules().stream().filter(DataSharing::hasRules).toList();
  }

  private static Module module(Call call, Metadata metadata) {
    return ModuleParameter.find(metadata, call.requiredQuery("module"), call.version())
        .filter(DataSharing::hasRules)
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("param_name", "module")
                    .message("the module name given seems to be invalid"));
  }

  private static Setting named(Call call, Metadata metadata, List<Module> modules) {
    return PathId.find(call, "rule")
        .flatMap(id -> find(metadata, modules, id))
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("resource_path_index", PATH_INDEX)
                    .message("the given sharing rule id seems invalid."));
  }

  private static Optional<Setting> find(Metadata metadata, List<Module> modules, long id) {
    return metadata.setting(SharingRules.NOUN, id).filter(rule -> isOf(modules, rule));
  }
}
