package io.clientele.records.related;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.contactroles.ContactRoles;
import io.clientele.metadata.relatedlists.Relation;
import io.clientele.metadata.relatedlists.Relation.Items;
import io.clientele.metadata.relatedlists.Relation.Links;
import io.clientele.metadata.relatedlists.Relation.Lookup;
import io.clientele.metadata.relatedlists.Relation.Nothing;
import io.clientele.metadata.relatedlists.Relation.Participants;
import io.clientele.metadata.relatedlists.Relation.Several;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.metadata.types.Participant;
import io.clientele.records.RecordSelect;
import io.clientele.records.Within;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows that are related to one record, as a part of their module. Over a linking module, the
 * link is joined under the alias {@code l}.
 */
record RelatedRows(Metadata metadata, ModuleTables tables, Module parent, long parentId) {
  /** What a link has besides its own fields. */
  private static final Set<String> LINK_ITSELF =
      Set.of("id", "Name", "Created_Time", "Modified_Time", "Created_By", "Modified_By", "Owner");

  /** A part of a module's rows. */
  record Part(Module module, Within within) {}

  /** The rows of a list; empty when nothing has a way to it. */
  Optional<Part> part(Relation relation) {
    return switch (relation) {
      case Lookup lookup -> Optional.of(new Part(lookup.rows(), within(lookup)));
      case Links links -> Optional.of(new Part(links.rows(), within(links)));
      case Items items -> Optional.of(new Part(items.rows(), within(items)));
      case Several several -> Optional.of(new Part(several.rows(), within(several)));
      case Participants people ->
          Optional.of(
              new Part(
                  people.rows(),
                  Within.of(Participant.takesPart(people.field().column(), parentId))));
      case Nothing nothing -> Optional.empty();
    };
  }

  Within within(Lookup relation) {
    return Within.of(condition(relation, "t"));
  }

  private Within within(Items relation) {
    return Within.of(
        sql(
            "t.\"id\" in (select i.%s from %s i where i.%s = ?)"
                .formatted(
                    column(relation.parent()), table(relation.items()), column(relation.field())),
            parentId));
  }

  private Within within(Several relation) {
    List<Sql> parts =
        relation.parts().stream()
            .map(
                part ->
                    sql("select a.\"id\" from " + table(part.rows()) + " a where")
                        .then(condition(part, "a")))
            .toList();
    Sql where = sql("t.\"id\" in (").then(Sql.join(" union all ", parts)).then(")");
    return new Within(
        "$module",
        Sql.EMPTY,
        where,
        Optional.empty(),
        (select, names) -> {
          int place = select.add("t.\"activity_type\"");
          select.key("$module", (row, reading) -> reading.json().writeString(row.getString(place)));
        });
  }

  private Within within(Links relation) {
    String links = table(relation.links());
    String own = "l." + column(relation.own());
    String other = "l." + column(relation.other());
    if (relation.direct().isEmpty()) {
      return new Within(
          key(relation),
          sql("join " + links + " l on " + other + " = t.\"id\""),
          sql(own + " = ?", parentId),
          Optional.of(other),
          (select, names) -> linkKeys(relation, select, names));
    }
    Sql where =
        sql(
            "t.\"id\" in (select d.\"id\" from %s d where d.%s = ? union all select %s from %s l where %s = ?)"
                .formatted(
                    table(relation.rows()), column(relation.direct().get()), other, links, own),
            parentId,
            parentId);
    return new Within(
        key(relation),
        sql("left join " + links + " l on " + other + " = t.\"id\" and " + own + " = ?", parentId),
        where,
        Optional.empty(),
        (select, names) -> linkKeys(relation, select, names));
  }

  private static String key(Links relation) {
    return relation.links().apiName() + "." + relation.own().apiName();
  }

  /** What the link has of its own: named fields, and the role of a contact always. */
  private static void linkKeys(Links relation, RecordSelect select, List<String> names) {
    for (Field field : ownFields(relation)) {
      String noun = field.definition().path("settings_noun").asString("");
      if (!noun.isEmpty()) {
        int place = select.add("l." + column(field));
        select.key(field.apiName(), (row, reading) -> setting(row, place, reading));
      } else if (names.isEmpty() || names.contains(field.apiName())) {
        select.joined(field, "l");
      }
    }
  }

  private static void setting(ResultSet row, int place, Reading reading) throws SQLException {
    var role = reading.metadata().setting(ContactRoles.NOUN, row.getLong(place)).orElse(null);
    if (role == null) {
      reading.json().writeNull();
      return;
    }
    reading.json().writeStartObject();
    reading.json().writeStringProperty("name", role.apiName());
    reading.json().writeStringProperty("id", Long.toString(role.id()));
    reading.json().writeEndObject();
  }

  /** The fields that a client may set on a link. */
  static List<Field> ownFields(Links relation) {
    return relation.links().fields().stream()
        .filter(field -> !LINK_ITSELF.contains(field.apiName()))
        .filter(field -> !field.equals(relation.own()) && !field.equals(relation.other()))
        .toList();
  }

  private Sql condition(Lookup relation, String alias) {
    Field field = relation.field();
    Sql related = sql(alias + "." + column(field) + " = ?", parentId);
    if (field.type() instanceof MultiModuleLookupType) {
      String module = Sql.identifier(MultiModuleLookupType.moduleColumn(field));
      related = related.and(sql(alias + "." + module + " = ?", parent.id()));
    }
    if (relation.open().isPresent()) {
      String closed = Relation.closed(relation.rows(), alias).orElse("false");
      related =
          related.and(
              sql("(" + closed + ")" + (relation.open().get() ? " is not true" : " is true")));
    }
    return related;
  }

  private String table(Module module) {
    return tables.of(metadata, module);
  }

  private static String column(Field field) {
    return Sql.identifier(field.column());
  }
}
