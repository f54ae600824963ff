package io.clientele.records;

import io.clientele.metadata.Metadata;
import java.time.Instant;

/**
 * What all rows of one change have in common.
 *
 * @param metadata the org as it was when the change began
 * @param userId who changes
 * @param now when, in whole seconds
 * @param source from where
 */
public record Stamp(Metadata metadata, long userId, Instant now, Source source) {}
