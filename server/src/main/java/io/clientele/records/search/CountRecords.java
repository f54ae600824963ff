package io.clientele.records.search;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GET /{module}/actions/count: how many records a module has, a view shows or a search finds, as of
 * now. Reference: Record Count in a Module.
 */
final class CountRecords {
  private final Database database;
  private final ModuleTables tables;
  private final SearchSql searches;

  CountRecords(Database database, ModuleTables tables, SearchSql searches) {
    this.database = database;
    this.tables = tables;
    this.searches = searches;
  }

  /** Answers {@code {"count":…}}; AMBIGUITY_DURING_PROCESSING for a view and a search at once. */
  Reply count(Call call, Metadata metadata, Module module) {
    var parameters = Parameters.of(call);
    Optional<SearchFor> search = SearchFor.of(parameters.query());
    Optional<String> view = parameters.find("cvid");
    if (view.isPresent() && search.isPresent()) {
      throw ambiguous(search.get());
    }
    long userId = call.caller().userId();
    Sql visible = searches.visible(metadata, module, userId);
    Sql where =
        view.isPresent()
            ? searches.ofView(metadata, module, view.get(), userId)
            : parameters.rows(module);
    if (search.isPresent()) {
      where = where.and(searches.found(metadata, module, search.get(), userId));
    }
    List<Sql> arms =
        view.isPresent() || search.isPresent()
            ? List.of()
            : searches.arms(metadata, module, userId);
    String counting = "(select count(*) from " + tables.of(metadata, module) + " t where";
    Sql statement =
        sql("select")
            .then(
                arms.isEmpty()
                    ? counted(counting, visible.and(where))
                    : sum(counting, arms, where));
    long[] count = {0};
    database.read(
        tx -> {
          tx.streamPlanned(
              statement,
              rows -> {
                if (rows.next()) {
                  count[0] = rows.getLong(1);
                }
              });
          return true;
        });
    return Reply.ok(json -> Keys.object(json, keys -> keys.number("count", count[0])));
  }

  private static Sql counted(String counting, Sql where) {
    return sql(counting).then(where).then(")");
  }

  /** What each reason to see a row gives beyond those before it: its own index finds that. */
  private static Sql sum(String counting, List<Sql> arms, Sql where) {
    List<Sql> parts = new ArrayList<>();
    Sql before = Sql.TRUE;
    for (Sql arm : arms) {
      parts.add(counted(counting, arm.and(before).and(where)));
      before = before.and(sql("(").then(arm).then(") is not true"));
    }
    return Sql.join(" + ", parts);
  }

  private static ApiError ambiguous(SearchFor search) {
    return ErrorCode.AMBIGUITY_DURING_PROCESSING
        .with(
            "ambiguity_due_to",
            List.of(Map.of("param_name", "cvid"), Map.of("param_name", search.by().parameter())))
        .message(
            "Please use either Cvid or Search Params. Combination of both the params is not"
                + " allowed");
  }
}
