package io.clientele.territories;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Territory;
import io.clientele.metadata.UserName;
import java.util.Optional;

/** Gives territories to users and takes them away, within a change of metadata. */
public final class TerritoryUsers {
  private final MetadataChange change;

  public TerritoryUsers(MetadataChange change) {
    this.change = change;
  }

  /** Gives the territory to the user that the item's {@code id} names. */
  public Done add(long territoryId, Item item) {
    item.require("id");
    UserName user =
        TerritoryService.id(item.json().path("id"))
            .map(change.metadata()::userName)
            .orElseThrow(() -> TerritoryService.unknown(item, "id"));
    return add(territoryId, user, error -> error.at("id", item.at("id")));
  }

  /** How an error tells what it is about. */
  interface About {
    ApiError of(ApiError error);
  }

  /** Gives the territory to a user of the org. */
  Done add(long territoryId, UserName user, About about) {
    if (!user.active()) {
      throw about
          .of(ErrorCode.INVALID_DATA.error())
          .with("owner_status", "inactive")
          .message("The user to whom you are trying to update is inactive.");
    }
    if (territory(territoryId).users().contains(user.id())) {
      throw about
          .of(ErrorCode.DUPLICATE_DATA.error())
          .message("Given user id already exists for that record");
    }
    TerritorySql.addUser(change.tx(), change.org(), territoryId, user.id());
    requireRoom(change, territoryId);
    return Done.of("Given User added to the mentioned territory Successfully", user.id());
  }

  /** Takes the territory from a user; one who managed it manages it no more. */
  public Done remove(long territoryId, Optional<Long> userId, ApiError unknown, ApiError none) {
    long id =
        userId.filter(one -> change.metadata().userName(one) != null).orElseThrow(() -> unknown);
    if (!territory(territoryId).users().contains(id)) {
      throw none;
    }
    TerritorySql.removeUser(change.tx(), change.org(), territoryId, id);
    change.touch();
    return Done.of("Given User Removed from the mentioned territory Successfully", id);
  }

  /** The same for one who has it. */
  public void remove(long territoryId, long userId) {
    TerritorySql.removeUser(change.tx(), change.org(), territoryId, userId);
    change.touch();
  }

  private Territory territory(long id) {
    return territory(change, id);
  }

  /** The territory, which another call may just have deleted. */
  private static Territory territory(MetadataChange change, long id) {
    Territory found = change.metadata().people().territories().get(id);
    if (found == null) {
      throw TerritoryService.unknown(id);
    }
    return found;
  }

  /** Within the same part of the change, so that one user too many is none. */
  static void requireRoom(MetadataChange change, long territoryId) {
    change.touch();
    if (territory(change, territoryId).users().size() > TerritoryRules.MOST_USERS) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", TerritoryRules.MOST_USERS)
          .message("Maximum Users Limit reached for a territory");
    }
  }
}
