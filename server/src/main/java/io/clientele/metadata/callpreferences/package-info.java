/** Which numbers records of calls show. */
@NullMarked
package io.clientele.metadata.callpreferences;

import org.jspecify.annotations.NullMarked;
