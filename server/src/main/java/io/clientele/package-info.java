/** Clientele: a self-hosted CRM server that speaks the Zoho CRM REST API v8. */
@NullMarked
package io.clientele;

import org.jspecify.annotations.NullMarked;
