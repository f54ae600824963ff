package io.clientele.http;

import java.io.InputStream;

/**
 * A body that is read while it is sent, so that it need not fit into memory.
 *
 * @param length how many bytes {@code stream} has
 * @param stream open; who sends the reply closes it
 */
public record Content(long length, InputStream stream) implements Body {}
