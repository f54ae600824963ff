package io.clientele.metadata.tags;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Settings;
import io.clientele.metadata.Tag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tags of one module in a write of its records, which may name new ones. */
public final class ModuleTags {
  private final Transaction tx;
  private final Metadata metadata;
  private final Module module;
  private final long userId;
  private final Map<String, Tag> byName = new HashMap<>();
  private final Map<Long, Tag> byId = new HashMap<>();
  private boolean locked;
  private boolean added;

  public ModuleTags(Transaction tx, Metadata metadata, Module module, long userId) {
    this.tx = tx;
    this.metadata = metadata;
    this.module = module;
    this.userId = userId;
    metadata.tags().stream().filter(tag -> tag.moduleId() == module.id()).forEach(this::know);
  }

  public Optional<Tag> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The tag of that name, whatever its case. */
  public Optional<Tag> find(String name) {
    return Optional.ofNullable(byName.get(key(name)));
  }

  /**
   * Makes sure that the names that are no tags yet can become some: until this transaction ends
   * nobody else changes the org's tags, which are now known as they are at this moment.
   *
   * @throws io.clientele.error.ApiError LICENSE_LIMIT_EXCEEDED when the module would have too many
   */
  public void prepare(List<String> names) {
    if (names.stream().allMatch(name -> find(name).isPresent())) {
      return;
    }
    lock();
    Set<String> fresh = new HashSet<>();
    names.stream().filter(name -> find(name).isEmpty()).forEach(name -> fresh.add(key(name)));
    if (!fresh.isEmpty() && byId.size() + fresh.size() > TagRules.MODULE_LIMIT) {
      throw TagRules.moduleIsFull();
    }
  }

  /** The tag of that name, a new one when there is none. {@link #prepare} comes before. */
  public Tag require(String name, @Nullable String colorCode) {
    return find(name).orElseGet(() -> add(name, colorCode));
  }

  /** Whether tags were added, which changes the org's metadata. */
  public boolean added() {
    return added;
  }

  private Tag add(String name, @Nullable String colorCode) {
    long id = Settings.nextIds(tx, metadata.org(), 1).getFirst();
    TagSql.insert(tx, metadata.org(), id, module.id(), name, colorCode, userId);
    if (!added) {
      Settings.changed(tx, metadata.org());
      added = true;
    }
    var tag = new Tag(id, module.id(), name, colorCode);
    know(tag);
    return tag;
  }

  private void lock() {
    if (locked) {
      return;
    }
    locked = true;
    long orgId = metadata.org().id();
    tx.list(sql("select from clientele.org where id = ? for update", orgId), row -> 0);
    byName.clear();
    byId.clear();
    TagSql.list(tx, metadata.org(), module.id())
        .forEach(row -> know(new Tag(row.id(), module.id(), row.name(), row.colorCode())));
  }

  private void know(Tag tag) {
    byName.put(key(tag.name()), tag);
    byId.put(tag.id(), tag);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
