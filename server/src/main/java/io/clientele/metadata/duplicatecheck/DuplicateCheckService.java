package io.clientele.metadata.duplicatecheck;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;

/** Enables, changes and disables the duplicate check preference, within a change of metadata. */
public final class DuplicateCheckService {
  private DuplicateCheckService() {}

  /** Enables the preference; answers what it is now. */
  public static DuplicateCheckPreference create(MetadataChange change, Item item) {
    DuplicateCheckPreference wanted = new PreferenceReader(change.metadata()).read(item);
    if (DuplicateCheckPreference.setting(change.metadata()).isPresent()) {
      throw ErrorCode.ALREADY_CONFIGURED.error();
    }
    change.insert(
        change.nextId(),
        DuplicateCheckPreference.noun(),
        change.metadata().get(DuplicateCheckPreference.MODULE).id(),
        DuplicateCheckPreference.MODULE,
        wanted.body());
    return wanted;
  }

  /** Changes the preference; answers what it is now. */
  public static DuplicateCheckPreference update(MetadataChange change, Item item) {
    DuplicateCheckPreference wanted = new PreferenceReader(change.metadata()).read(item);
    Setting setting =
        DuplicateCheckPreference.setting(change.metadata())
            .orElseThrow(() -> notEnabled(wanted.type()));
    change.update(setting, wanted.body());
    return wanted;
  }

  /** Disables the preference; answers what it was. */
  public static DuplicateCheckPreference delete(MetadataChange change) {
    DuplicateCheckPreference was =
        DuplicateCheckPreference.find(change.metadata())
            .orElseThrow(() -> notEnabled(DuplicateCheckPreference.Type.MAPPED_MODULE_RECORDS));
    DuplicateCheckPreference.setting(change.metadata()).ifPresent(change::delete);
    return was;
  }

  private static ApiError notEnabled(DuplicateCheckPreference.Type type) {
    return ErrorCode.FEATURE_NOT_ENABLED
        .error()
        .message(
            "The DuplicateCheckPreference for "
                + type.word()
                + " feature is not yet enabled. Please enable it before doing this action.");
  }
}
