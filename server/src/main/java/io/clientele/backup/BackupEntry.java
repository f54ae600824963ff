package io.clientele.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the history of backups.
 *
 * @param action what somebody did: initiated, scheduled, stopped
 * @param state how it ended: completed, failure
 */
record BackupEntry(
    long id,
    @Nullable String action,
    @Nullable String state,
    String repeatType,
    @Nullable String fileName,
    long userId,
    Instant time) {}
