package io.clientele.records.search;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.records.RecordSelect;
import io.clientele.records.Records;
import io.clientele.records.Rights;
import io.clientele.records.Views;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * GET /{module}/search: a page of the records that criteria, an e-mail address, a telephone number
 * or words find. Reference: Search Records.
 */
final class SearchRecords {
  private static final int MAXIMUM_PER_PAGE = 200;
  private static final int MAXIMUM_ROWS = 2_000;

  private final Database database;
  private final Records records;
  private final Views views;
  private final SearchSql searches;

  SearchRecords(Database database, Records records, Views views, SearchSql searches) {
    this.database = database;
    this.records = records;
    this.views = views;
    this.searches = searches;
  }

  private record Page(int number, int size, String sortBy, boolean ascending) {
    static Page of(Parameters parameters) {
      int number = parameters.number("page", 1, Integer.MAX_VALUE);
      int size = parameters.number("per_page", MAXIMUM_PER_PAGE, MAXIMUM_PER_PAGE);
      if ((long) number * size > MAXIMUM_ROWS) {
        throw ErrorCode.LIMIT_REACHED.with("limit", Integer.toString(MAXIMUM_ROWS));
      }
      return new Page(
          number,
          size,
          parameters.find("sort_by").orElse("id"),
          parameters.oneOf("sort_order", List.of("asc", "desc"), "desc").equals("asc"));
    }
  }

  /** The page, 204 when nothing is found. */
  Reply search(Call call, Metadata metadata, Module module) {
    // conditions name external fields themselves, so that the header has only to be right
    records.externals(call, metadata);
    var parameters = Parameters.of(call);
    SearchFor search =
        SearchFor.of(parameters.query())
            .orElseThrow(
                () ->
                    ErrorCode.EXPECTED_PARAM_MISSING
                        .with("param_names", SearchFor.By.NAMES)
                        .message("one of the expected parameter is missing"));
    var page = Page.of(parameters);
    long userId = call.caller().userId();
    Sql where =
        searches
            .visible(metadata, module, userId)
            .and(parameters.rows(module))
            .and(searches.found(metadata, module, search, userId));
    if (parameters.find("cvid").isPresent()) {
      where =
          where.and(
              searches.ofView(metadata, module, parameters.find("cvid").orElseThrow(), userId));
    }
    RecordSelect select = records.selects().forSingle(metadata, module, fields(parameters));
    Sql statement =
        select.sql(
            "0", Rights.of(select, records.access(), userId), tail(metadata, module, page, where));
    int[] count = {0};
    Reply reply =
        Reply.ok(
            json ->
                count[0] =
                    database.read(
                        tx -> {
                          int[] rows = {0};
                          var reading = new Reading(json, metadata, userId, false);
                          tx.streamPlanned(
                              statement, result -> rows[0] = write(result, select, page, reading));
                          return rows[0];
                        }));
    return count[0] > 0 ? reply : Reply.noContent();
  }

  private static List<String> fields(Parameters parameters) {
    return parameters.find("fields").stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  private Sql tail(Metadata metadata, Module module, Page page, Sql where) {
    String direction = page.ascending ? " asc" : " desc";
    String join = "";
    String order = "";
    if (!page.sortBy.equals("id")) {
      Views.Sorting sorting =
          views.sorting(metadata, module, page.sortBy).orElseThrow(Parameters::invalid);
      join = sorting.join();
      order = sorting.expression() + direction + " nulls last, ";
    }
    return sql(join)
        .then("where")
        .then(where)
        .then("order by " + order + "t.\"id\"" + direction)
        .then("limit ? offset ?", page.size + 1, (page.number - 1) * page.size);
  }

  /** Writes the whole reply; answers how many rows are in it. */
  private static int write(ResultSet rows, RecordSelect select, Page page, Reading reading)
      throws SQLException {
    JsonGenerator json = reading.json();
    int count = 0;
    boolean more = false;
    json.writeStartObject();
    json.writeArrayPropertyStart("data");
    while (rows.next()) {
      if (count == page.size) {
        more = true;
        break;
      }
      select.write(rows, reading);
      count++;
    }
    json.writeEndArray();
    json.writeObjectPropertyStart("info");
    json.writeNumberProperty("per_page", page.size);
    json.writeNumberProperty("count", count);
    json.writeStringProperty("sort_by", page.sortBy);
    json.writeNumberProperty("page", page.number);
    json.writeStringProperty("sort_order", page.ascending ? "asc" : "desc");
    json.writeBooleanProperty("more_records", more);
    json.writeEndObject();
    json.writeEndObject();
    return count;
  }
}
