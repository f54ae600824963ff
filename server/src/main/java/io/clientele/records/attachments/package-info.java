/** Files and links that hang on records. */
@NullMarked
package io.clientele.records.attachments;

import org.jspecify.annotations.NullMarked;
