/** Templates of emails and of inventory documents. */
@NullMarked
package io.clientele.metadata.templates;

import org.jspecify.annotations.NullMarked;
