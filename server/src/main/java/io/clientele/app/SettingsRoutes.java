package io.clientele.app;

import io.clientele.apis.ApiRoutes;
import io.clientele.audit.export.AuditExportRoutes;
import io.clientele.audit.export.AuditLogRoutes;
import io.clientele.http.RouteTable;
import io.clientele.jobs.control.JobRoutes;
import io.clientele.metadata.bookings.BookingPreferenceRoutes;
import io.clientele.metadata.callpreferences.CallPreferenceRoutes;
import io.clientele.metadata.contactroles.ContactRoleRoutes;
import io.clientele.metadata.duplicatecheck.DuplicateCheckRoutes;
import io.clientele.metadata.features.FeatureRoutes;
import io.clientele.metadata.fields.FieldRoutes;
import io.clientele.metadata.globalpicklists.GlobalPickListRoutes;
import io.clientele.metadata.layouts.LayoutChangeRoutes;
import io.clientele.metadata.layouts.LayoutRoutes;
import io.clientele.metadata.leadconversion.LeadConversionMappingRoutes;
import io.clientele.metadata.mapdependency.MapDependencyRoutes;
import io.clientele.metadata.modules.ModuleRoutes;
import io.clientele.metadata.pipelines.PipelineRoutes;
import io.clientele.metadata.recordlocking.RecordLockingRoutes;
import io.clientele.metadata.relatedlists.RelatedListRoutes;
import io.clientele.metadata.tags.TagRoutes;
import io.clientele.metadata.templates.TemplateKind;
import io.clientele.metadata.templates.TemplateRoutes;
import io.clientele.metadata.unsubscribelinks.UnsubscribeLinkRoutes;
import io.clientele.metadata.usergroups.UserGroupRoutes;
import io.clientele.metadata.views.CustomViewRoutes;
import io.clientele.metadata.wizards.WizardRoutes;
import io.clientele.organization.OrganizationPhotoRoutes;
import io.clientele.organization.OrganizationRoutes;
import io.clientele.profiles.ProfileRoutes;
import io.clientele.roles.RoleRoutes;
import io.clientele.sharing.DataSharingRoutes;
import io.clientele.sharing.SharingRuleRoutes;
import io.clientele.territories.TerritoryRoutes;
import io.clientele.users.TerritoryMemberRoutes;
import io.clientele.users.TransferRoutes;
import io.clientele.users.UserChangeRoutes;
import io.clientele.users.UserRoutes;
import io.clientele.users.unavailability.UnavailabilityRoutes;

/** What an org is made of, and who works in it. */
final class SettingsRoutes {
  private SettingsRoutes() {}

  static void addTo(RouteTable routes, Installation installation) {
    var metadata = installation.metadata();
    new ModuleRoutes(metadata, installation.changes(), installation.access()).addTo(routes);
    new FieldRoutes(metadata, installation.changes(), installation.access()).addTo(routes);
    new LayoutRoutes(metadata).addTo(routes);
    new LayoutChangeRoutes(
            metadata, installation.changes(), installation.access(), installation.database())
        .addTo(routes);
    new PipelineRoutes(metadata, installation.changes(), installation.database()).addTo(routes);
    new RecordLockingRoutes(
            metadata, installation.changes(), installation.access(), installation.jobs())
        .addTo(routes);
    new RelatedListRoutes(metadata).addTo(routes);
    new TagRoutes(
            installation.database(),
            metadata,
            installation.changes(),
            installation.tables(),
            installation.access())
        .addTo(routes);
    new DuplicateCheckRoutes(metadata, installation.changes()).addTo(routes);
    new CallPreferenceRoutes(metadata, installation.changes(), installation.access()).addTo(routes);
    new ContactRoleRoutes(metadata, installation.changes(), installation.access()).addTo(routes);
    new BookingPreferenceRoutes(metadata, installation.changes(), installation.access())
        .addTo(routes);
    new UnsubscribeLinkRoutes(metadata, installation.changes(), installation.access())
        .addTo(routes);
    new GlobalPickListRoutes(
            installation.database(),
            metadata,
            installation.changes(),
            installation.access(),
            installation.jobs())
        .addTo(routes);
    new CustomViewRoutes(metadata, installation.changes(), installation.access()).addTo(routes);
    for (TemplateKind kind : TemplateKind.values()) {
      new TemplateRoutes(metadata, installation.changes(), installation.access(), kind)
          .addTo(routes);
    }
    new WizardRoutes(metadata, installation.changes(), installation.access()).addTo(routes);
    new MapDependencyRoutes(metadata, installation.changes(), installation.access()).addTo(routes);
    new LeadConversionMappingRoutes(metadata, installation.changes(), installation.access())
        .addTo(routes);
    new OrganizationRoutes(metadata).addTo(routes);
    new OrganizationPhotoRoutes(
            installation.database(),
            metadata,
            installation.changes(),
            installation.access(),
            installation.files())
        .addTo(routes);
    new UserRoutes(installation.database(), metadata, installation.clock()).addTo(routes);
    new TerritoryMemberRoutes(installation.database(), metadata, installation.clock())
        .addTo(routes);
    new TerritoryRoutes(
            installation.database(), metadata, installation.changes(), installation.access())
        .addTo(routes);
    new UserChangeRoutes(
            installation.database(), metadata, installation.changes(), installation.clock())
        .addTo(routes);
    new TransferRoutes(
            installation.database(),
            metadata,
            installation.changes(),
            installation.jobs(),
            installation.clock())
        .addTo(routes);
    new UnavailabilityRoutes(installation.database(), metadata).addTo(routes);
    new RoleRoutes(installation.database(), metadata, installation.changes(), installation.access())
        .addTo(routes);
    new ProfileRoutes(metadata, installation.changes(), installation.access()).addTo(routes);
    new UserGroupRoutes(installation.database(), metadata, installation.changes()).addTo(routes);
    new AuditExportRoutes(
            installation.database(),
            metadata,
            installation.jobs(),
            installation.files(),
            installation.clock())
        .addTo(routes);
    new AuditLogRoutes(installation.database(), metadata, installation.tables()).addTo(routes);
    new JobRoutes(installation.database(), metadata, installation.jobs()).addTo(routes);
    new DataSharingRoutes(
            installation.database(), metadata, installation.changes(), installation.access())
        .addTo(routes);
    new SharingRuleRoutes(
            installation.database(), metadata, installation.changes(), installation.access())
        .addTo(routes);
    new FeatureRoutes(metadata).addTo(routes);
    new ApiRoutes(metadata, routes).addTo(routes);
  }
}
