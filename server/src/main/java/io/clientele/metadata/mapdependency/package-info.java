/** Which values of a pick list a layout allows beside each value of another one. */
@NullMarked
package io.clientele.metadata.mapdependency;

import org.jspecify.annotations.NullMarked;
