package io.clientele.metadata.layouts;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import tools.jackson.databind.node.ObjectNode;

/** Activate Custom Layout: a deactivated layout is there again, for the profiles named. */
public final class ActivateLayout {
  private ActivateLayout() {}

  /**
   * @throws io.clientele.error.ApiError ALREADY_ACTIVATED, MANDATORY_NOT_FOUND, NOT_ALLOWED
   */
  public static Done activate(MetadataChange change, Module module, Layout layout, Item item) {
    if (layout.active()) {
      throw ErrorCode.ALREADY_ACTIVATED.with("id", Long.toString(layout.id()));
    }
    Setting setting = UpdateLayout.setting(change, module, layout);
    ObjectNode body = setting.copy();
    new LayoutProfiles(change.metadata(), module).replace(body, item);
    change.update(setting, body.put("status", "active"));
    return Done.of("layout activated", layout.id());
  }
}
