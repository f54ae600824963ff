package io.clientele.records;

import java.util.Locale;

/** What a change of a record came from, as the ledger and timelines say it. */
public enum Source {
  CRM_API,
  MASS_DELETE_VIA_CRM_API,
  MASS_UPDATE,
  CHANGE_OWNER,
  CONVERT,
  MASSCONVERT,
  MERGE,
  BULKAPI,
  IMPORT;

  /** The word on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
