/**
 * What clients upload: contents in a store addressed by their hash, the rows that name them, and
 * how both go when nobody needs them. Everything else that has files (attachments, photos, fields)
 * works through {@link io.clientele.files.FileStorage}.
 */
@NullMarked
package io.clientele.files;

import org.jspecify.annotations.NullMarked;
