/**
 * OAuth: clients, grants, tokens, scopes, and the pages to sign in, to consent and to look after
 * one's clients.
 */
@NullMarked
package io.clientele.oauth;

import org.jspecify.annotations.NullMarked;
