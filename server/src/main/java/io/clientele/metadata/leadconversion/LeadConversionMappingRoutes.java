package io.clientele.metadata.leadconversion;

import io.clientele.access.Access;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.leadconversion.LeadConversionMapping.Pair;
import java.util.List;

/**
 * The lead conversion mapping, for which the published API has no operation: a path of ours, with
 * the API's own words for mappings of fields.
 */
public final class LeadConversionMappingRoutes {
  private static final String PATH = "/clientele/v1/settings/lead_conversion_mapping";
  private static final String SCOPE = "settings.lead_conversion_mapping";

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public LeadConversionMappingRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .own("GET", PATH, Scope.of(SCOPE, Operation.READ), this::get)
        .own("PUT", PATH, Scope.of(SCOPE, Operation.UPDATE), this::update);
  }

  /** The mappings to the three modules. */
  private Reply get(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    List<LeadConversionMapping> mappings =
        LeadConversionMapping.MODULES.stream()
            .map(name -> LeadConversionMapping.of(metadata, name))
            .toList();
    return Reply.list(LeadConversionMapping.NOUN, mappings, LeadConversionMappingRoutes::write);
  }

  /** Replaces the mappings to the modules that the body names. */
  private Reply update(Call call) {
    access.require(cache.of(call.caller().orgId()), call.caller().userId(), Access.CUSTOMIZE);
    return changes.each(
        call,
        LeadConversionMapping.NOUN,
        LeadConversionMapping.MODULES.size(),
        200,
        LeadConversionMappingRoutes::update);
  }

  private static Done update(MetadataChange change, Item item) {
    LeadConversionMapping wanted = LeadConversionMapping.update(change, item);
    return Done.of("lead conversion mapping updated", wanted.module().id());
  }

  private static void write(Keys keys, LeadConversionMapping mapping) {
    keys.object(
            "mapped_module",
            module ->
                module.text("api_name", mapping.module().apiName()).id("id", mapping.module().id()))
        .array("field_mappings", mapping.pairs(), LeadConversionMappingRoutes::write);
  }

  private static void write(Keys keys, Pair pair) {
    keys.object(
            "current_field",
            field -> field.text("api_name", pair.lead().apiName()).id("id", pair.lead().id()))
        .object(
            "mapped_field",
            field -> field.text("api_name", pair.target().apiName()).id("id", pair.target().id()));
  }
}
