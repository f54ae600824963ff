package io.clientele.imports;

/**
 * How far a part of the import is.
 *
 * @param name the module, say
 * @param part the number of the file that is read now
 * @param line how many of its rows were taken
 */
record Step(
    String name,
    int part,
    long line,
    long read,
    long added,
    long there,
    long refused,
    long lost,
    boolean finished) {
  static Step begin(String name) {
    return new Step(name, 1, 0, 0, 0, 0, 0, 0, false);
  }

  Step nextPart() {
    return new Step(name, part + 1, 0, read, added, there, refused, lost, false);
  }

  Step end() {
    return new Step(name, part, line, read, added, there, refused, lost, true);
  }

  /** The same after more rows. */
  Step after(long newLine, int rows, int newAdded, int newThere, int newRefused, int newLost) {
    return new Step(
        name,
        part,
        newLine,
        read + rows,
        added + newAdded,
        there + newThere,
        refused + newRefused,
        lost + newLost,
        false);
  }
}
