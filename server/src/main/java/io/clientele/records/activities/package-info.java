/** What can be done with meetings beside changing them. */
@NullMarked
package io.clientele.records.activities;

import org.jspecify.annotations.NullMarked;
