package io.clientele.app;

import io.clientele.http.RouteTable;
import io.clientele.records.changeowner.ChangeOwnerRoutes;
import io.clientele.records.mass.MassChangeOwnerRoutes;
import io.clientele.records.mass.MassRoutes;
import io.clientele.records.recyclebin.RecycleBinRoutes;

/** What changes many records in one call, and what was deleted. */
final class MassActions {
  private MassActions() {}

  static void addTo(RouteTable routes, Installation installation) {
    new RecycleBinRoutes(installation.records(), installation.metadata(), installation.jobs())
        .addTo(routes);
    new ChangeOwnerRoutes(installation.records(), installation.metadata()).addTo(routes);
    new MassRoutes(
            installation.database(),
            installation.metadata(),
            installation.records(),
            installation.tables(),
            installation.jobs())
        .addTo(routes);
    new MassChangeOwnerRoutes(
            installation.database(),
            installation.metadata(),
            installation.records(),
            installation.tables(),
            installation.jobs())
        .addTo(routes);
  }
}
