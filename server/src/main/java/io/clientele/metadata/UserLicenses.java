package io.clientele.metadata;

import tools.jackson.databind.JsonNode;

/**
 * How many users the org may have and has.
 *
 * @param used active users, confirmed or not
 */
public record UserLicenses(long bought, long used) {
  private static final JsonNode DEFAULTS =
      StandardMetadata.read("org.json").path("org").path(0).path("license_details");

  public static UserLicenses of(Metadata metadata) {
    String key = "users_license_purchased";
    long bought =
        metadata.settings("org").stream()
            .map(org -> org.body().path("license_details").path(key))
            .filter(JsonNode::isNumber)
            .mapToLong(JsonNode::asLong)
            .findFirst()
            .orElseGet(() -> DEFAULTS.path(key).asLong());
    return new UserLicenses(bought, metadata.userNames().stream().filter(UserName::active).count());
  }

  /** How many more there may be. */
  public long left() {
    return bought - used;
  }
}
