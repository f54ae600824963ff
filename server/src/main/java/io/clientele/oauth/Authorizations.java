package io.clientele.oauth;

/** What happens when a user agrees to an authorization request. */
final class Authorizations {
  private final Tokens tokens;
  private final Codes codes;
  private final Enhancements enhancements;

  Authorizations(Tokens tokens, Codes codes, Enhancements enhancements) {
    this.tokens = tokens;
    this.codes = codes;
    this.enhancements = enhancements;
  }

  /**
   * Whether the account need not be asked: it allowed the client the same before, and the client
   * wants nothing that lasts.
   */
  boolean isAllowedBefore(AuthorizationRequest request, Account account) {
    boolean passing = !request.offline() && !request.askAgain();
    return passing
        && request.kind() != AuthorizationRequest.Kind.MORE_SCOPES
        && tokens.listOf(account).stream()
            .filter(grant -> grant.clientId().equals(request.target().client().id()))
            .anyMatch(grant -> Scopes.contains(grant.scopes(), request.scopes()));
  }

  String code(AuthorizationRequest request, Membership org) {
    var code =
        new Code(
            grantee(request, org),
            request.scopes(),
            request.offline(),
            java.util.Optional.of(request.target().uri()),
            request.challenge());
    return codes.create(code, Codes.LIFE);
  }

  IssuedTokens token(AuthorizationRequest request, Membership org) {
    return tokens.issue(
        request.target().client(), org.orgId(), org.userId(), request.scopes(), false);
  }

  Grant grantToWiden(AuthorizationRequest request, Account account) {
    return enhancements
        .find(request.enhanceToken(), request.target().client(), account)
        .orElseThrow(OAuthError::invalidCode);
  }

  void widen(AuthorizationRequest request, Account account) {
    enhancements.apply(
        request.enhanceToken(), request.target().client(), account, request.scopes());
  }

  private static Grantee grantee(AuthorizationRequest request, Membership org) {
    return new Grantee(request.target().client().id(), org.orgId(), org.userId());
  }
}
