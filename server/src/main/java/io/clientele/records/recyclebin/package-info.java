/** What was deleted in the last sixty days: shown, brought back or gone for good. */
@NullMarked
package io.clientele.records.recyclebin;

import org.jspecify.annotations.NullMarked;
