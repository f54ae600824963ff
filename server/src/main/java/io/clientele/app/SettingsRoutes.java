package io.clientele.app;

import io.clientele.apis.ApiRoutes;
import io.clientele.http.RouteTable;
import io.clientele.metadata.features.FeatureRoutes;
import io.clientele.metadata.fields.FieldRoutes;
import io.clientele.metadata.globalpicklists.GlobalPickListRoutes;
import io.clientele.metadata.layouts.LayoutRoutes;
import io.clientele.metadata.mapdependency.MapDependencyRoutes;
import io.clientele.metadata.modules.ModuleRoutes;
import io.clientele.metadata.relatedlists.RelatedListRoutes;
import io.clientele.metadata.views.CustomViewRoutes;
import io.clientele.organization.OrganizationRoutes;
import io.clientele.profiles.ProfileRoutes;
import io.clientele.roles.RoleRoutes;
import io.clientele.users.UserRoutes;

/** What an org is made of, and who works in it. */
final class SettingsRoutes {
  private SettingsRoutes() {}

  static void addTo(RouteTable routes, Installation installation) {
    var metadata = installation.metadata();
    new ModuleRoutes(metadata).addTo(routes);
    new FieldRoutes(metadata, installation.access()).addTo(routes);
    new LayoutRoutes(metadata).addTo(routes);
    new RelatedListRoutes(metadata).addTo(routes);
    new CustomViewRoutes(metadata).addTo(routes);
    new GlobalPickListRoutes(
            installation.database(),
            metadata,
            installation.changes(),
            installation.access(),
            installation.jobs())
        .addTo(routes);
    new MapDependencyRoutes(metadata, installation.changes(), installation.access()).addTo(routes);
    new OrganizationRoutes(metadata).addTo(routes);
    new UserRoutes(installation.database(), metadata, installation.clock()).addTo(routes);
    new RoleRoutes(installation.database(), metadata).addTo(routes);
    new ProfileRoutes(metadata, installation.access()).addTo(routes);
    new FeatureRoutes(metadata).addTo(routes);
    new ApiRoutes(metadata, routes).addTo(routes);
  }
}
