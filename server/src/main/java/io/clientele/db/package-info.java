/**
 * The database: connection pool, transactions, SQL text, migrations and the embedded PostgreSQL.
 */
@NullMarked
package io.clientele.db;

import org.jspecify.annotations.NullMarked;
