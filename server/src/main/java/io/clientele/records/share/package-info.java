/** Records shared one by one with users, roles, groups or everybody. */
@NullMarked
package io.clientele.records.share;

import org.jspecify.annotations.NullMarked;
