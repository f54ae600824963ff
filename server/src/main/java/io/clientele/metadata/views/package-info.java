/** Custom views: saved lists of records. */
@NullMarked
package io.clientele.metadata.views;

import org.jspecify.annotations.NullMarked;
