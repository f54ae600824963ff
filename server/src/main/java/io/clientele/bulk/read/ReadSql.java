package io.clientele.bulk.read;

import static io.clientele.db.Sql.sql;

import io.clientele.coql.Joins;
import io.clientele.coql.Named;
import io.clientele.coql.Sources;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Module;
import io.clientele.metadata.criteria.Kind;
import io.clientele.metadata.types.Moments;
import io.clientele.records.ComparisonSql;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The rows of a read, in the order of their ids: which they are is decided in a SELECT within, and
 * what is only shown is joined to those.
 */
final class ReadSql {
  /** A date has ten characters; what is longer names a moment or a word. */
  private static final int DATE = 10;

  private final Sources sources;
  private final Module module;
  private final ReadPaths paths;
  private final LocalDate today;

  ReadSql(Sources sources, Module module, LocalDate today) {
    this.sources = sources;
    this.module = module;
    this.today = today;
    this.paths = new ReadPaths(sources, "f", module, ErrorCode.FIELD_IN_CRITERIA_NOT_AVAILABLE);
  }

  /** How the rows are counted off: those behind an id, without the first some, at most so many. */
  record Part(long after, long skipped, int rows) {}

  /**
   * @param view the condition of a custom view on the module's table, aliased {@code t}
   * @param criteria checked; missing for none
   */
  Sql statement(ReadColumns columns, Sql view, JsonNode criteria, Part part) {
    Sql where = criteria.isObject() ? condition(criteria) : Sql.TRUE;
    String id = Joins.BASE + ".\"id\"";
    Sql rows =
        sql("select " + Joins.BASE + ".* from")
            .then(sources.rows(module, view))
            .then(Joins.BASE)
            .then(Sql.join("", paths.sql()))
            .then("where")
            .then(where)
            .then("and " + id + " > ? order by " + id + " limit ?", part.after, part.rows)
            .then("offset ?", part.skipped);
    return sql("select " + columns.sql() + " from (")
        .then(rows)
        .then(") " + Joins.BASE)
        .then(columns.joins())
        .then("order by " + id);
  }

  private Sql condition(JsonNode criteria) {
    if (!criteria.path("group").isArray()) {
      return comparison(criteria);
    }
    List<Sql> parts = new ArrayList<>();
    criteria.path("group").forEach(part -> parts.add(condition(part)));
    Sql all =
        Sql.join(criteria.path("group_operator").asString().equals("or") ? " or " : " and ", parts);
    return new Sql("(" + all.text() + ")", all.binds());
  }

  private Sql comparison(JsonNode criterion) {
    Named named = paths.named(ReadCriteria.name(criterion));
    Kind kind = ReadCriteria.kind(named).orElse(Kind.TEXT);
    ZoneId zone = sources.metadata().zoneOf(sources.userId());
    String words = named instanceof Named.OfModule field ? field.words() : "";
    return new ComparisonSql(
            sources.metadata(), sources.userId(), kind, sources.value(named), words, today, zone)
        .of(criterion.path("comparator").asString(), value(kind, criterion.path("value")));
  }

  /** Offsets may stand without their colon. */
  private static JsonNode value(Kind kind, JsonNode value) {
    if (kind != Kind.DATETIME) {
      return value;
    }
    if (value.isArray()) {
      ArrayNode list = Json.MAPPER.createArrayNode();
      value.forEach(one -> list.add(value(kind, one)));
      return list;
    }
    String text = value.asString();
    return text.length() <= DATE
        ? value
        : Moments.parse(text)
            .<JsonNode>map(moment -> Json.MAPPER.getNodeFactory().stringNode(moment.toString()))
            .orElse(value);
  }
}
