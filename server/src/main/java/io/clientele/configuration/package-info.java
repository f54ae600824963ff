/** Configuration as code: an org's shape as a file that can be applied, planned and exported. */
@NullMarked
package io.clientele.configuration;

import org.jspecify.annotations.NullMarked;
