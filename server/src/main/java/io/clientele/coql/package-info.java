/** The query language of POST /coql: parsed, planned against the metadata, run as SQL. */
@NullMarked
package io.clientele.coql;

import org.jspecify.annotations.NullMarked;
