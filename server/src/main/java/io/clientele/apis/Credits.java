package io.clientele.apis;

/** What an operation costs of the org's daily credits, from its smallest to its largest use. */
record Credits(int least, int most) {
  private static final Credits ONE = new Credits(1, 1);

  static Credits of(AvailableApi api) {
    String path = api.path();
    if (path.endsWith("/actions/count") && !api.module().isEmpty()) {
      return new Credits(50, 50);
    }
    if (path.endsWith("/actions/convert")) {
      return new Credits(5, 5);
    }
    if (path.endsWith("/coql")) {
      return new Credits(1, 3);
    }
    boolean wholeModule = !api.module().isEmpty() && path.endsWith("/" + api.module());
    if (!wholeModule) {
      return ONE;
    }
    return switch (api.method()) {
      case "GET" -> new Credits(1, 3);
      case "POST", "PUT" -> new Credits(1, 10);
      default -> ONE;
    };
  }
}
