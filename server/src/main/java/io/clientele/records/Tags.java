package io.clientele.records;

import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Tag;
import io.clientele.metadata.tags.ModuleTags;
import io.clientele.metadata.tags.TagRules;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tags that rows name, turned into ids; a name that is new in the module becomes a tag. */
final class Tags {
  private Tags() {}

  /**
   * Rejects the rows whose tags cannot be. Answers whether tags were added, which changes the org's
   * metadata.
   */
  static boolean resolve(
      Transaction tx, Metadata metadata, Module module, long userId, List<Draft> drafts) {
    var tags = new ModuleTags(tx, metadata, module, userId);
    for (Draft draft : drafts) {
      for (Map.Entry<Field, Object> value : draft.values().entrySet()) {
        if (value.getValue() instanceof Tag.Names named) {
          try {
            String path = draft.path(value.getKey().apiName());
            value.setValue(column(tags, named.names(), value.getKey(), path));
          } catch (ApiError e) {
            draft.reject(e);
          }
        }
      }
    }
    return tags.added();
  }

  private static String column(ModuleTags tags, List<String> names, Field field, String path) {
    for (int i = 0; i < names.size(); i++) {
      TagRules.checkName(names.get(i), field.apiName(), path + "[" + i + "].name");
    }
    if (names.stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)).distinct().count()
        > TagRules.RECORD_LIMIT) {
      throw tooMany(field.apiName(), path);
    }
    tags.prepare(names);
    var resolved = new LinkedHashMap<Long, Tag>();
    for (String name : names) {
      Tag tag = tags.require(name, null);
      resolved.put(tag.id(), tag);
    }
    return column(resolved.values());
  }

  /** What the column of the field Tag holds for these tags. */
  static String column(Collection<Tag> tags) {
    return tags.stream()
        .map(tag -> Long.toString(tag.id()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** More tags than a record can carry. */
  static ApiError tooMany(String apiName, String path) {
    return ErrorCode.LIMIT_EXCEEDED.with("limit", TagRules.RECORD_LIMIT).at(apiName, path);
  }
}
