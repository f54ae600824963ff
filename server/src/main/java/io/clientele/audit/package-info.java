/** Who did what in an org, beside changes of records, which the ledger has. */
@NullMarked
package io.clientele.audit;

import org.jspecify.annotations.NullMarked;
