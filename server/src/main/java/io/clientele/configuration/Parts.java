package io.clientele.configuration;

import java.util.List;

/** The nouns of the file, in the order in which they can refer to each other. */
final class Parts {
  static final Part MODULES = new ModulesPart();
  static final List<Part> OF_ORG = List.of();
  static final List<Part> OF_MODULE =
      List.of(new FieldsPart(), new TagsPart(), new CustomViewsPart());

  private Parts() {}
}
