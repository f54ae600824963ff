package io.clientele.http;

/** What a reply carries: bytes that are there already, or a stream of them. */
public sealed interface Body permits Buffer, Content {}
