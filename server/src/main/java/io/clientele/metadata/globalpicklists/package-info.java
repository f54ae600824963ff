/** Lists of values that pick list fields of several modules share. */
@NullMarked
package io.clientele.metadata.globalpicklists;

import org.jspecify.annotations.NullMarked;
