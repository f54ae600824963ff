package io.clientele.records.convert;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.metadata.leadconversion.LeadConversionMapping;
import io.clientele.records.Records;
import io.clientele.records.Source;
import io.clientele.records.convert.LeadConversion.Converted;
import io.clientele.records.convert.MassConvert.Counts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The paths of conversions. References: Convert Lead, Lead Conversion Options, Mass Convert Lead,
 * Inventory Records Convert, Mass Convert Inventory Records, and their status.
 */
public final class ConvertRoutes {
  private static final String DONE = "The record has been converted successfully";
  private static final String NOUN = "data";

  private final MetadataCache cache;
  private final Access access;
  private final Records records;
  private final JobQueue jobs;
  private final LeadConversion leads;
  private final ConversionOptions options;
  private final MassConvert mass;

  public ConvertRoutes(
      Database database,
      MetadataCache cache,
      ModuleTables tables,
      Access access,
      Records records,
      JobQueue jobs) {
    this.cache = cache;
    this.access = access;
    this.records = records;
    this.jobs = jobs;
    leads = new LeadConversion(tables, access);
    options = new ConversionOptions(database, tables, access);
    mass = new MassConvert(database, cache, tables, access, records);
  }

  public void addTo(RouteTable routes) {
    routes
        .api(
            "GET",
            "/Leads/{id}/__conversion_options",
            Scope.of("modules.leads", Operation.READ),
            this::options)
        .api(
            "POST",
            "/Leads/{id}/actions/convert",
            Scope.of("modules.leads", Operation.CREATE),
            this::lead);
    for (String source : List.of("Quotes", "Sales_Orders")) {
      String word = source.replace("_", "").toLowerCase(Locale.ROOT);
      routes.api(
          "POST",
          "/" + source + "/{id}/actions/convert",
          Scope.of("modules." + word, Operation.CREATE),
          call -> inventory(call, source));
      addMass(routes, source, word);
    }
    addMass(routes, LeadConversionMapping.LEADS, "leads");
  }

  private void addMass(RouteTable routes, String source, String word) {
    String path = "/" + source + "/actions/mass_convert";
    routes
        .api(
            "POST",
            path,
            Scope.of("mass_convert." + word, Operation.CREATE),
            call -> schedule(call, source))
        .api(
            "GET",
            path,
            Scope.of("mass_convert." + word, Operation.READ),
            call -> status(call, source));
  }

  private Metadata metadata(Call call) {
    return cache.of(call.caller().orgId());
  }

  private Reply options(Call call) {
    return options.get(
        metadata(call),
        call.caller().userId(),
        PathId.find(call, "id")
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("resource_path_index", 1)
                        .message("the given id seems to be invalid")));
  }

  private static long pathId(Call call) {
    return PathId.find(call, "id")
        .orElseThrow(() -> ErrorCode.INVALID_DATA.with("resource_path_index", 1));
  }

  /** What is wrong with the call or the record is said at the top, the rest in {@code data}. */
  private static Reply answer(Supplier<Done> work) {
    var results = new Results(NOUN);
    try {
      results.add(work.get());
    } catch (ApiError e) {
      boolean atTop =
          e.details().containsKey("resource_path_index")
              || e.details().get("json_path") instanceof String path && path.equals("$.data")
              || e.code() == ErrorCode.NO_PERMISSION && !e.details().containsKey("json_path")
              || e.code() == ErrorCode.MANDATORY_NOT_FOUND
                  && "convert_to".equals(e.details().get("api_name"));
      if (atTop) {
        throw e;
      }
      results.add(e);
    }
    return results.reply(200);
  }

  /** The one object of {@code data}. */
  private static ObjectNode data(JsonNode body) {
    JsonNode data = body.path(NOUN);
    if (data.isMissingNode() || data.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(NOUN, "$.data");
    }
    if (!data.isArray() || data.isEmpty()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at(NOUN, "$.data");
    }
    if (data.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at(NOUN, "$.data");
    }
    if (!(data.get(0) instanceof ObjectNode object)) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(NOUN, "$.data[0]");
    }
    return object;
  }

  private Reply lead(Call call) {
    Metadata metadata = metadata(call);
    long userId = call.caller().userId();
    access.require(metadata, userId, Action.permission("Convert", LeadConversionMapping.LEADS));
    long id = pathId(call);
    return answer(
        () -> {
          LeadRequest request =
              new LeadRequestReader(metadata, "$.data[0]").read(data(call.json()));
          var result =
              records.change(
                  metadata, userId, Source.CONVERT, change -> leads.convert(change, id, request));
          return new Done(
              DONE,
              details -> {
                converted(details, "Contacts", Optional.of(result.contact()));
                converted(details, "Deals", result.deal());
                converted(details, "Accounts", result.account());
              });
        });
  }

  private static void converted(Keys keys, String name, Optional<Converted> record) {
    record.ifPresentOrElse(
        found -> keys.object(name, one -> one.text("name", found.name()).id("id", found.id())),
        () -> keys.none(name));
  }

  private Reply inventory(Call call, String sourceName) {
    Metadata metadata = metadata(call);
    Module source = metadata.get(sourceName);
    long userId = call.caller().userId();
    requireSource(metadata, userId, source);
    long id = pathId(call);
    return answer(
        () -> {
          InventoryRequest request =
              InventoryRequest.read(metadata, source, data(call.json()), "$.data[0]", true);
          requireTarget(metadata, userId, request.target());
          Converted made =
              records.change(
                  metadata,
                  userId,
                  Source.CONVERT,
                  change -> InventoryConversion.convert(change, source, id, request));
          return new Done(
              DONE, details -> converted(details, request.target().apiName(), Optional.of(made)));
        });
  }

  private static void requireSource(Metadata metadata, long userId, Module source) {
    List<String> wanted =
        List.of(
            Action.READ.permission(source.apiName()),
            Action.permission("Convert", source.apiName()));
    if (!wanted.stream().allMatch(one -> Access.allows(metadata, userId, one))) {
      throw ErrorCode.NO_PERMISSION.with("permissions", wanted);
    }
  }

  private static void requireTarget(Metadata metadata, long userId, Module target) {
    List<String> wanted =
        List.of(
            Action.CREATE.permission(target.apiName()), Action.READ.permission(target.apiName()));
    if (!wanted.stream().allMatch(one -> Access.allows(metadata, userId, one))) {
      throw ErrorCode.NO_PERMISSION
          .with("api_name", "module")
          .with("permissions", wanted)
          .with("json_path", "$.data[0].convert_to[0].module");
    }
  }

  private Reply schedule(Call call, String sourceName) {
    Metadata metadata = metadata(call);
    Module source = metadata.get(sourceName);
    long jobId = mass.schedule(jobs, metadata, call.caller().userId(), source, call.json());
    return Reply.json(
        202,
        json ->
            Keys.object(
                json,
                keys ->
                    keys.text("code", "SCHEDULED")
                        .object("details", details -> details.id("job_id", jobId))
                        .text("message", "Mass Convert scheduled successfully")
                        .text("status", "success")));
  }

  private Reply status(Call call, String sourceName) {
    Metadata metadata = metadata(call);
    Module source = metadata.get(sourceName);
    access.require(metadata, call.caller().userId(), MassRequest.permission(source));
    long jobId = MassConvert.jobId(call.query("job_id"));
    Counts counts = mass.find(metadata, source, jobId).orElseThrow(MassConvert::unknownJob);
    boolean ofLeads = sourceName.equals(LeadConversionMapping.LEADS);
    return Reply.list(
        NOUN, List.of(counts), ofLeads ? ConvertRoutes::leads : ConvertRoutes::others);
  }

  private static void leads(Keys keys, Counts counts) {
    keys.text("Status", counts.status())
        .number("Failed_Count", counts.failed())
        .number("Not_Converted_Count", counts.left())
        .number("Total_Count", counts.total())
        .number("Converted_Count", counts.converted());
  }

  private static void others(Keys keys, Counts counts) {
    keys.number("total_count", counts.total())
        .number("not_converted_count", counts.left())
        .number("failed_count", counts.failed())
        .number("converted_count", counts.converted())
        .text("status", counts.status().toUpperCase(Locale.ROOT));
  }
}
