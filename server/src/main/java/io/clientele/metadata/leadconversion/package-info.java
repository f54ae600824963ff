/** What becomes of a lead's fields when it is converted. */
@NullMarked
package io.clientele.metadata.leadconversion;

import org.jspecify.annotations.NullMarked;
