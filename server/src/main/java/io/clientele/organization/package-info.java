/** The org as its users see it: company details, licence, currency. */
@NullMarked
package io.clientele.organization;

import org.jspecify.annotations.NullMarked;
