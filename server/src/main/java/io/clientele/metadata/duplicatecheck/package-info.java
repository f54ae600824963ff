/** Where duplicates of new leads are looked for. */
@NullMarked
package io.clientele.metadata.duplicatecheck;

import org.jspecify.annotations.NullMarked;
