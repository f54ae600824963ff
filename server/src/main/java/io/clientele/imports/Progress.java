package io.clientele.imports;

/** Who is told how an import gets on. */
public interface Progress {
  /** Something worth a line. */
  void say(String line);

  /** Where it is now; the next word takes its place. */
  void at(String state);
}
