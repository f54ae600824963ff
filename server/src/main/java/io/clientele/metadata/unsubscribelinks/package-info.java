/** Links by which receivers of mail ask for no more of it. */
@NullMarked
package io.clientele.metadata.unsubscribelinks;

import org.jspecify.annotations.NullMarked;
