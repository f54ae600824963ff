/**
 * What an org is made of: modules, fields, layouts, views; read as one immutable snapshot per org.
 */
@NullMarked
package io.clientele.metadata;

import org.jspecify.annotations.NullMarked;
