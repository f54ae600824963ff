/** Records get another owner, and what is related to them with them. */
@NullMarked
package io.clientele.records.changeowner;

import org.jspecify.annotations.NullMarked;
