package io.clientele.coql;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Reader;
import io.clientele.metadata.fields.FieldJson;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.records.CriteriaSql;
import io.clientele.records.Views;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Plans and runs queries for a user. */
final class Queries {
  private final Database database;
  private final ModuleTables tables;
  private final Access access;
  private final Views views;
  private final CriteriaSql criteria;
  private final Clock clock;

  Queries(Database database, ModuleTables tables, Access access, Views views, Clock clock) {
    this.database = database;
    this.tables = tables;
    this.access = access;
    this.views = views;
    this.criteria = CriteriaSql.forSearches(tables, clock);
    this.clock = clock;
  }

  /** The query with its names looked up in what the user may see. */
  Planned plan(Metadata metadata, long userId, Query query, int maximumRows) {
    var sources = new Sources(metadata, tables, access, userId);
    LocalDate today = LocalDate.now(clock.withZone(metadata.zoneOf(userId)));
    return new Planned(sources, Planner.plan(sources, views, query, maximumRows), today);
  }

  /** A plan that can be run. */
  record Planned(Sources sources, Plan plan, LocalDate today) {}

  /** The rows, 204 when there are none. */
  Reply run(Planned planned, Reader reader, boolean withFields) {
    int[] count = {0};
    Reply reply =
        Reply.ok(
            json -> {
              json.writeStartObject();
              count[0] = database.read(tx -> rows(tx, planned, json));
              if (withFields) {
                json.writeObjectPropertyStart("fields");
                fields(json, planned, reader);
                json.writeEndObject();
              }
              json.writeEndObject();
            });
    return count[0] > 0 ? reply : Reply.noContent();
  }

  private int rows(Transaction tx, Planned planned, JsonGenerator json) {
    Sources sources = planned.sources();
    Statement statement =
        sql(sources, planned.today(), planned.plan(), found(tx, planned, planned.plan(), null))
            .statement();
    var reading = new Reading(json, sources.metadata(), sources.userId(), false);
    int[] count = {0};
    boolean[] more = {false};
    json.writeArrayPropertyStart("data");
    tx.streamPlanned(
        statement.sql(),
        rows -> {
          while (rows.next()) {
            if (count[0] == statement.limit()) {
              more[0] = true;
              break;
            }
            statement.write(rows, reading);
            count[0]++;
          }
        });
    json.writeEndArray();
    json.writeObjectPropertyStart("info");
    json.writeNumberProperty("count", count[0]);
    json.writeBooleanProperty("more_records", more[0]);
    json.writeEndObject();
    return count[0];
  }

  private static void fields(JsonGenerator json, Planned planned, Reader reader) {
    for (Plan.Output output : planned.plan().columns()) {
      if (((Plan.Column) output.value()).named() instanceof Named.OfModule named) {
        json.writeName(named.path());
        Keys.object(json, keys -> FieldJson.write(keys, reader, named.module(), named.field()));
      }
    }
  }

  /** One statement that a query needs, as it is run. */
  record Step(Query query, Sql sql) {}

  /** The statements of the query in the order they run, its own last. */
  List<Step> steps(Transaction tx, Planned planned) {
    List<Step> steps = new ArrayList<>();
    List<List<String>> found = found(tx, planned, planned.plan(), steps);
    Statement statement =
        sql(planned.sources(), planned.today(), planned.plan(), found).statement();
    steps.add(new Step(planned.plan().query(), statement.sql()));
    return steps;
  }

  /** Runs the subqueries, so that the query itself is planned with the values they find. */
  private List<List<String>> found(
      Transaction tx, Planned planned, Plan plan, @Nullable List<Step> steps) {
    List<List<String>> found = new ArrayList<>();
    for (Plan subquery : plan.subqueries()) {
      Sql values =
          sql(planned.sources(), planned.today(), subquery, found(tx, planned, subquery, steps))
              .values();
      if (steps != null) {
        steps.add(new Step(subquery.query(), values));
      }
      List<String> list = new ArrayList<>();
      tx.streamPlanned(
          values,
          rows -> {
            while (rows.next()) {
              list.add(rows.getString(1));
            }
          });
      found.add(list.stream().filter(Objects::nonNull).toList());
    }
    checkSingle(plan.where(), found);
    return found;
  }

  /** Most operators compare with one value alone. */
  private static void checkSingle(Plan.Criterion criterion, List<List<String>> found) {
    switch (criterion) {
      case Plan.Both(Plan.Criterion left, Plan.Criterion right) -> {
        checkSingle(left, found);
        checkSingle(right, found);
      }
      case Plan.Either(Plan.Criterion left, Plan.Criterion right) -> {
        checkSingle(left, found);
        checkSingle(right, found);
      }
      case Plan.Compared compared -> {
        for (Plan.Operand operand : compared.operands()) {
          if (operand instanceof Plan.Found(int sequence)
              && !compared.operator().isList()
              && found.get(sequence).size() > 1) {
            throw Problem.severalValues(sequence, compared.operator());
          }
        }
      }
    }
  }

  private PlanSql sql(Sources sources, LocalDate today, Plan plan, List<List<String>> found) {
    return new PlanSql(sources, criteria, today, plan, found);
  }

  /** What PostgreSQL would do. */
  static List<String> explain(Transaction tx, Sql statement) {
    return tx.list(Sql.sql("explain").then(statement), row -> row.getString(1));
  }

  Database database() {
    return database;
  }
}
