package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One noun of the file: how what there is looks in it, and the operations of the API that bring an
 * item into being, change it and take it away.
 */
interface Part {
  /** The key of its list, in the file or in a module of the file. */
  String name();

  /**
   * The keys that tell its items apart. Where there can be one item only there are none, and the
   * file has the item itself in place of a list.
   */
  List<String> keys();

  /** An item of the file in the form of {@link #describe}, where it can be written in others. */
  default ObjectNode complete(ObjectNode wanted) {
    return wanted;
  }

  /** The same where that depends on what else there is. */
  default ObjectNode complete(Metadata metadata, ObjectNode wanted) {
    return complete(wanted);
  }

  /** What was described as an export has it: without what goes without saying. */
  default ObjectNode brief(Metadata metadata, @Nullable Module module, ObjectNode form) {
    return form;
  }

  /**
   * All items there are, in the form of the file.
   *
   * @param module the module whose items are meant; null for a part of the org
   */
  List<Described> describe(Metadata metadata, @Nullable Module module);

  void create(MetadataChange change, @Nullable Module module, Item item);

  /** Changes the keys that {@code item} has; the item of that id was {@code current}. */
  void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item);

  void delete(MetadataChange change, @Nullable Module module, long id);

  /** What can be done only when all items of the file's list are as they should be. */
  default void settle(MetadataChange change, List<ObjectNode> items) {}

  /** What can be done only when the whole file is as it should be. */
  default void finish(MetadataChange change, List<ObjectNode> items) {}

  /**
   * An item there is.
   *
   * @param form with {@code absent: true} for what every org begins with and this one took away
   * @param own whether it was made or changed in this org, so that an export has it
   */
  record Described(long id, ObjectNode form, boolean own) {}
}
