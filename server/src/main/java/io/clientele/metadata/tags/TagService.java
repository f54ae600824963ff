package io.clientele.metadata.tags;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.RecordMove;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Creates, changes, deletes and merges tags, within a change of metadata. References: Create Tags,
 * Update Tags, Delete Tags, Merge Tags.
 */
public final class TagService {
  private static final int ANY_LENGTH = 10_000;

  /** Lengths are checked by {@link TagRules}, in the same words for records. */
  private static final Shape TAG =
      Shape.empty().require("name").text("name", ANY_LENGTH).text("color_code", ANY_LENGTH);

  private static final Shape KNOWN_TAG = TAG.require("id").id("id");
  private static final Shape CONFLICT = Shape.empty().require("conflict_id").id("conflict_id");

  private final TagJson json;

  /**
   * @param metadata knows the users that replies name; read once, because each tag that is written
   *     makes a change's own metadata old
   */
  public TagService(Metadata metadata, long userId) {
    json = TagJson.of(metadata, userId);
  }

  /** Adds a tag to a module. */
  public Done create(MetadataChange change, Module module, Item item) {
    String name = name(item, TAG);
    if (TagSql.count(change.tx(), change.org(), module.id()) >= TagRules.MODULE_LIMIT) {
      throw TagRules.moduleIsFull();
    }
    TagSql.find(change.tx(), change.org(), module.id(), name)
        .ifPresent(
            other -> {
              throw duplicate(item, other);
            });
    TagSql.Row tag =
        TagSql.insert(
            change.tx(),
            change.org(),
            change.nextId(),
            module.id(),
            name,
            color(item),
            change.userId());
    return done(change, "tags created successfully", tag);
  }

  /** Changes the tag that the item's {@code id} names. */
  public Done update(MetadataChange change, Module module, Item item) {
    KNOWN_TAG.check(item);
    long id = item.json().path("id").asLong();
    boolean known =
        TagSql.find(change.tx(), change.org(), id)
            .filter(tag -> tag.moduleId() == module.id())
            .isPresent();
    if (!known) {
      throw item.invalid("id").message("tags not found");
    }
    return update(change, module, id, item);
  }

  /** Changes a tag of the module. A colour that is not given is taken away. */
  public Done update(MetadataChange change, Module module, long id, Item item) {
    String name = name(item, TAG);
    TagSql.find(change.tx(), change.org(), module.id(), name)
        .filter(other -> other.id() != id)
        .ifPresent(
            other -> {
              throw duplicate(item, other);
            });
    TagSql.Row tag =
        TagSql.update(change.tx(), change.org(), id, name, color(item), change.userId());
    return done(change, "tags updated successfully", tag);
  }

  /** Deletes tags; records that carry one show it no more. */
  public void delete(MetadataChange change, List<Long> ids) {
    TagSql.delete(change.tx(), change.org(), ids);
    change.touch();
  }

  /**
   * Merges the tag that the item's {@code conflict_id} names into {@code id}: its records get the
   * other tag, and it is gone.
   */
  public Done merge(MetadataChange change, long id, Item item) {
    CONFLICT.check(item);
    TagSql.Row kept = TagSql.find(change.tx(), change.org(), id).orElseThrow();
    long merged = item.json().path("conflict_id").asLong();
    replacement(change.metadata(), id, item)
        .orElseThrow(() -> item.invalid("conflict_id"))
        .rest(change.tx(), change.org());
    delete(change, List.of(merged));
    TagSql.Row now =
        TagSql.update(
            change.tx(), change.org(), id, kept.name(), kept.colorCode(), change.userId());
    return done(change, "tags merged successfully", now);
  }

  /** What a merge does with records; empty when there is no such other tag of the module. */
  static Optional<RecordMove> replacement(Metadata metadata, long id, Item item) {
    long merged = item.json().path("conflict_id").asLong(0);
    return metadata
        .findTag(merged)
        .filter(tag -> merged != id)
        .filter(
            tag ->
                metadata.findTag(id).filter(kept -> kept.moduleId() == tag.moduleId()).isPresent())
        .flatMap(tag -> metadata.find(tag.moduleId()))
        .map(module -> TagSql.replacement(module, merged, id));
  }

  private Done done(MetadataChange change, String message, TagSql.Row tag) {
    change.touch();
    return new Done(message, keys -> json.write(keys, tag));
  }

  private static String name(Item item, Shape shape) {
    shape.check(item);
    String name = item.text("name").strip();
    TagRules.checkName(name, "name", item.at("name"));
    return name;
  }

  private static @Nullable String color(Item item) {
    JsonNode color = item.json().path("color_code");
    if (!color.isString()) {
      return null;
    }
    TagRules.checkColor(color.asString(), item.at("color_code"));
    return color.asString();
  }

  private static ApiError duplicate(Item item, TagSql.Row other) {
    return ErrorCode.DUPLICATE_DATA
        .error()
        .at("name", item.at("name"))
        .with("id", Long.toString(other.id()));
  }
}
