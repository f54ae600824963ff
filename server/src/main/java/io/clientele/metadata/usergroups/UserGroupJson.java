package io.clientele.metadata.usergroups;

import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.metadata.Group.Source;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import java.util.List;

/** A user group on the wire, with what the client wants included. */
record UserGroupJson(Reader reader, boolean sources, boolean count) {
  static UserGroupJson of(Reader reader, Call call) {
    List<String> include = List.of(call.query("include").orElse("").split(",", -1));
    return new UserGroupJson(
        reader, include.contains("sources"), include.contains("sources_count"));
  }

  void write(Keys keys, UserGroupSql.Row group) {
    References.time(keys, "created_time", group.createdTime(), reader.zone());
    References.time(keys, "modified_time", group.modifiedTime(), reader.zone());
    keys.text("name", group.name());
    References.user(keys, reader.metadata(), "modified_by", group.modifiedBy());
    keys.text("description", group.description()).id("id", group.id());
    References.user(keys, reader.metadata(), "created_by", group.createdBy());
    List<Source> all = sources(reader.metadata(), group.id());
    if (sources) {
      keys.array("sources", all, (inner, one) -> source(inner, reader.metadata(), one));
    }
    if (count) {
      keys.object("sources_count", inner -> counts(inner, all));
    }
  }

  /** The sources of a group; none when it is gone. */
  static List<Source> sources(Metadata metadata, long groupId) {
    var group = metadata.people().groups().get(groupId);
    return group == null ? List.of() : group.sources();
  }

  static void source(Keys keys, Metadata metadata, Source source) {
    keys.object(
            "source",
            inner ->
                inner
                    .text("name", metadata.people().nameOf(source.type(), source.id()).orElse(null))
                    .id("id", source.id()))
        .text("type", source.type());
    if (source.type().equals("roles") || source.type().equals("territories")) {
      keys.flag("subordinates", source.below());
    }
    if (source.type().equals("territories")) {
      keys.flag("sub_territories", source.below());
    }
  }

  private static void counts(Keys keys, List<Source> sources) {
    for (String type : GroupSources.TYPES) {
      long count = sources.stream().filter(one -> one.type().equals(type)).count();
      if (count > 0) {
        keys.number(type, count);
      }
    }
  }
}
