/** What reads and writes of all records of a module at once have in common. */
@NullMarked
package io.clientele.bulk;

import org.jspecify.annotations.NullMarked;
