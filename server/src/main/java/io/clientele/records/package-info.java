/** Records: create, read, update, delete. */
@NullMarked
package io.clientele.records;

import org.jspecify.annotations.NullMarked;
