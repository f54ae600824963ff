package io.clientele.oauth;

import io.clientele.error.ErrorCode;
import io.clientele.http.Authorizer;
import io.clientele.http.Call;
import io.clientele.http.Caller;
import io.clientele.http.Scope;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out who calls by the header {@code Authorization: Zoho-oauthtoken T} (or {@code Bearer T})
 * and refuses what the token's scopes do not allow. A token that another process revoked is refused
 * within five seconds ({@link TokenCache}).
 */
public final class TokenAuthenticator implements Authorizer {
  private static final Pattern HEADER =
      Pattern.compile("\\s*(?:zoho-oauthtoken|bearer)\\s+(\\S+)\\s*", Pattern.CASE_INSENSITIVE);

  private final TokenCache tokens;
  private final BiFunction<Caller, String, Optional<String>> moduleWord;

  /**
   * @param moduleWord the word that stands for a module in scopes, such as {@code leads}, {@code
   *     custom}, by the module's name as the caller wrote it; empty when there is no such module,
   *     and the route then answers that itself
   */
  TokenAuthenticator(TokenCache tokens, BiFunction<Caller, String, Optional<String>> moduleWord) {
    this.tokens = tokens;
    this.moduleWord = moduleWord;
  }

  @Override
  public Caller authorize(Call call, Scope needed) {
    Caller caller = authenticate(call);
    if (!isAllowed(call, caller, needed)) {
      throw ErrorCode.OAUTH_SCOPE_MISMATCH.error();
    }
    return caller;
  }

  /**
   * Who calls, whatever the scopes.
   *
   * @throws io.clientele.error.ApiError AUTHENTICATION_FAILURE without a token, INVALID_TOKEN with
   *     one that is not valid
   */
  Caller authenticate(Call call) {
    String header =
        call.header("Authorization").orElseThrow(ErrorCode.AUTHENTICATION_FAILURE::error);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw ErrorCode.INVALID_TOKEN.error();
    }
    return tokens.find(matcher.group(1)).orElseThrow(ErrorCode.INVALID_TOKEN::error);
  }

  private boolean isAllowed(Call call, Caller caller, Scope needed) {
    if (!needed.isOfModule()) {
      return caller.scopes().covers(needed);
    }
    Optional<String> module =
        call.hasPath("module") ? Optional.of(call.path("module")) : call.query("module");
    return module
        .flatMap(name -> moduleWord.apply(caller, name))
        .map(word -> caller.scopes().covers(needed.forModule(word)))
        .orElseGet(() -> caller.scopes().coversSome(needed));
  }
}
