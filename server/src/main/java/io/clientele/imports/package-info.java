/** Moves an org in: from a backup of CSV files, or from another server of the API. */
@NullMarked
package io.clientele.imports;

import org.jspecify.annotations.NullMarked;
