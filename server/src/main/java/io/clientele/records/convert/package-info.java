/** Leads into accounts, contacts and deals; quotes into orders and invoices; one or many. */
@NullMarked
package io.clientele.records.convert;

import org.jspecify.annotations.NullMarked;
