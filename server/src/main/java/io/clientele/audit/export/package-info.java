/** The audit log as files to download, and as a list. */
@NullMarked
package io.clientele.audit.export;

import org.jspecify.annotations.NullMarked;
