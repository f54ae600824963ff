/** Which users share their mails of a record with their colleagues. */
@NullMarked
package io.clientele.records.emailsharing;

import org.jspecify.annotations.NullMarked;
