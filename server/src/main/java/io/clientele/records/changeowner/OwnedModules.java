package io.clientele.records.changeowner;

import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.RecordRoutes;
import java.util.Set;

/** The modules whose records many can be changed of at once. */
public final class OwnedModules {
  private static final Set<String> MODULES =
      Set.of(
          "Leads",
          "Accounts",
          "Contacts",
          "Deals",
          "Campaigns",
          "Tasks",
          "Events",
          "Calls",
          "Cases",
          "Solutions",
          "Products",
          "Vendors",
          "Price_Books",
          "Quotes",
          "Sales_Orders",
          "Purchase_Orders",
          "Invoices");

  private OwnedModules() {}

  /**
   * The module in the path.
   *
   * @param more modules that the operation knows beside those that all know
   * @param message what is said of a module that it does not know
   * @throws io.clientele.error.ApiError INVALID_MODULE or NOT_SUPPORTED
   */
  public static Module require(Call call, Metadata metadata, Set<String> more, String message) {
    Module module = RecordRoutes.writable(call, metadata);
    if (!MODULES.contains(module.apiName())
        && !more.contains(module.apiName())
        && !module.generatedType().equals("custom")) {
      throw ErrorCode.NOT_SUPPORTED.with("resource_path_index", 0).status(400).message(message);
    }
    return module;
  }
}
