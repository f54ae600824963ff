package io.clientele.users;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** Who invited a user and changed the status, and when: keys of the user's body. */
final class UserStamps {
  static final String STATUS_UPDATED_BY = "Status_Updated_By__s";
  static final String STATUS_UPDATED_TIME = "Status_Updated_Time__s";
  static final String INVITED_BY = "Invited_By__s";
  static final String INVITED_TIME = "Invited_Time__s";
  static final String CONFIRMED_TIME = "Confirmed_Time__s";

  private UserStamps() {}

  static void invited(ObjectNode body, long by, Instant now) {
    body.put(INVITED_BY, by).put(INVITED_TIME, text(now));
  }

  static void statusUpdated(ObjectNode body, long by, Instant now) {
    body.put(STATUS_UPDATED_BY, by).put(STATUS_UPDATED_TIME, text(now));
  }

  static void confirmed(ObjectNode body, Instant now) {
    body.put(CONFIRMED_TIME, text(now));
  }

  private static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
