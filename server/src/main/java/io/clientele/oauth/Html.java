package io.clientele.oauth;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Safe HTML: templates are constants of the program, and every value put into one is escaped unless
 * it is safe HTML itself.
 */
final class Html {
  static final Html NONE = new Html("");

  private final String text;

  private Html(String text) {
    this.text = text;
  }

  /** {@code template} with the values in place of each {@code {}}, in order. */
  static Html of(@CompileTimeConstant String template, Object... values) {
    String[] pieces = template.split("\\{}", -1);
    if (pieces.length != values.length + 1) {
      throw new IllegalArgumentException("%d values for %s".formatted(values.length, template));
    }
    var html = new StringBuilder(pieces[0]);
    for (int i = 0; i < values.length; i++) {
      html.append(values[i] instanceof Html safe ? safe.text : escape(values[i].toString()));
      html.append(pieces[i + 1]);
    }
    return new Html(html.toString());
  }

  static Html all(List<Html> parts) {
    return new Html(parts.stream().map(part -> part.text).collect(Collectors.joining("\n")));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return text;
  }
}
