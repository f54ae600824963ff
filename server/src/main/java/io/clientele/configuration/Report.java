package io.clientele.configuration;

import java.util.ArrayList;
import java.util.List;

/** What an apply did, or would do. */
public final class Report {
  private final List<String> lines = new ArrayList<>();
  private int added;
  private int changed;
  private int deleted;
  private int same;

  void added(String what) {
    lines.add("+ " + what);
    added++;
  }

  void changed(String what, List<String> differences) {
    lines.add("~ " + what + "  (" + String.join("; ", differences) + ")");
    changed++;
  }

  void deleted(String what) {
    lines.add("- " + what);
    deleted++;
  }

  void same() {
    same++;
  }

  /** A line for each change, in the order they are made. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Such as {@code 2 added, 1 changed, 0 deleted, 14 as they were}. */
  public String summary() {
    return added
        + " added, "
        + changed
        + " changed, "
        + deleted
        + " deleted, "
        + same
        + " as they were";
  }
}
