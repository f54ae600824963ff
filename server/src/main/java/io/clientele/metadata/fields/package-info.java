/** Fields of a module and the values of pick lists. */
@NullMarked
package io.clientele.metadata.fields;

import org.jspecify.annotations.NullMarked;
