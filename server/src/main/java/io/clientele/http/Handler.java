package io.clientele.http;

/** Answers one call. */
@FunctionalInterface
public interface Handler {
  Reply handle(Call call);
}
