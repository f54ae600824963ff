/**
 * The database: pool, transactions, SQL as text plus binds, org schemas, migrations, embedded
 * PostgreSQL.
 */
@NullMarked
package io.clientele.db;

import org.jspecify.annotations.NullMarked;
