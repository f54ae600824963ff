/** The roles that contacts have in deals. */
@NullMarked
package io.clientele.metadata.contactroles;

import org.jspecify.annotations.NullMarked;
