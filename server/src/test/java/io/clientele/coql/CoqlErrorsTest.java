package io.clientele.coql;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Proves;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is wrong with a query, and where. Reference: Records through a COQL Query. */
@Proves("POST /crm/{version}/coql")
class CoqlErrorsTest {
  private static final CoqlOrg ORG = new CoqlOrg();
  private static final String FORMED = "Invalid query formed";

  @Test
  void bodies() {
    ORG.api
        .post("/crm/v8/coql", "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "mandatory key not found",
            "{\"api_name\":\"select_query\"}");
    body(
        "{\"select_query\":3}",
        "{\"expected_data_type\":\"text\",\"api_name\":\"select_query\",\"json_path\":\"$.select_query\"}");
    String query =
        "{\"select_query\":\"select id from Leads where id is not null\",\"include_meta\":";
    body(
        query + "\"fields\"}",
        "{\"expected_data_type\":\"jsonarray\",\"api_name\":\"include_meta\",\"json_path\":\"$.include_meta\"}");
    body(
        query + "[\"layouts\"]}",
        "{\"api_name\":\"include_meta\",\"json_path\":\"$.include_meta[0]\",\"supported_values\":[\"fields\"]}");
    body(
        query + "[7]}",
        "{\"expected_data_type\":\"text\",\"api_name\":\"include_meta\",\"json_path\":\"$.include_meta[0]\",\"supported_values\":[\"fields\"]}");
  }

  private static void body(String body, String details) {
    ORG.api.post("/crm/v8/coql", body).isError(400, "INVALID_DATA", "invalid data", details);
  }

  @Test
  void syntax() {
    missing("select id", "from");
    missing("select id where id is not null", "from");
    missing("select id from Leads", "where");
    missing("select id from Leads order by id", "where");
    syntax(
        "update Leads set Last_Name = 'Last' where id = 1", "given coql query not supported", "{}");
    unexpected("select from Leads where id is not null", 1, 8, "from");
    unexpected(
        "select id\nfrom Leads\nwhere id = 1 and Company = A and Last_Name = B", 3, 30, "and");
    unexpected("select id from Leads where (id = 1", 1, 35, "end of query");
    unexpected("select id from Leads where (id, Company) in ((1, 2))", 1, 31, ",");
    unexpected("", 1, 1, "end of query");
    syntax(
        "select id from Leads where not id = 1",
        "operator not supported",
        "{\"operator\":\"not\"}");
    syntax("select id from Leads where id <> 1", "operator not supported", "{\"operator\":\"<>\"}");
    syntax(
        "select id from Leads where Company = 'it",
        "error occured while parsing the query",
        "{\"near\":\"'\"}");
    String deep = "(".repeat(1000);
    syntax(
        "select id from Leads where " + deep + "id = 1" + deep.replace('(', ')'),
        "Parsing is happening for so long for the given query. please validate the query.",
        "{}");
  }

  private static void missing(String query, String clause) {
    syntax(query, "missing clause", "{\"clause\":\"" + clause + "\"}");
  }

  private static void unexpected(String query, int line, int column, String near) {
    syntax(
        query,
        "unexpected token",
        "{\"line\":%d,\"column\":%d,\"near\":\"%s\"}".formatted(line, column, near));
  }

  private static void syntax(String query, String message, String details) {
    ORG.fails(query, "SYNTAX_ERROR", message, details);
  }

  @Test
  void namesAndTypes() {
    for (String module : new String[] {"Nothing", "Activities", "Emails"}) {
      ORG.fails(
          "select id from " + module + " where id is not null",
          "INVALID_MODULE",
          "the given module is not supported in api",
          "{}");
    }
    for (String path :
        new String[] {"Nothing", "Owner.nothing", "Company.id", "Owner.", "!Deals.id"}) {
      ORG.fails(
          "select '" + path + "' from Leads where id is not null",
          "INVALID_QUERY",
          "column given seems to be invalid",
          "{\"column_name\":\"" + path + "\",\"module\":\"Leads\"}");
    }
    ORG.fails(
        "select Product_Details from Quotes where id is not null"
            .replace("Product_Details", "Quoted_Items"),
        "INVALID_QUERY",
        "unsupported column",
        "{\"column_name\":\"Quoted_Items\"}");
    ORG.fails(
        "select id from Leads where id is not null order by Description",
        "INVALID_QUERY",
        "unsupported column",
        "{\"column_name\":\"Description\"}");
    value("Annual_Revenue = 'much'", "Annual_Revenue", "currency");
    value("No_of_Employees in (1, x)", "No_of_Employees", "integer");
    value("Created_Time > '2024-13-01T00:00:00Z'", "Created_Time", "datetime");
    value("Owner = Boyle", "Owner", "bigint");
    value("Email_Opt_Out = yes", "Email_Opt_Out", "boolean");
    value("id > 99999999999999999999", "id", "bigint");
    operator("First_Name > 'a'", "First_Name", ">");
    operator("Email_Opt_Out is null", "Email_Opt_Out", "is null");
    operator("Owner like 'a%'", "Owner", "like");
    operator("Annual_Revenue like '1%'", "Annual_Revenue", "like");
    operator("Company not like 'a%'", "Company", "not like");
    criteria("Description is not null", "Description", "${EMPTY}", "!=");
    criteria("Description is null", "Description", "${EMPTY}", "=");
    criteria("Description like 'a%'", "Description", "a%", "like");
  }

  private static void value(String where, String column, String type) {
    ORG.fails(
        "select id from Leads where " + where,
        "INVALID_QUERY",
        "value given seems to be invalid for the column",
        "{\"column_name\":\"%s\",\"expected_data_type\":\"%s\"}".formatted(column, type));
  }

  private static void operator(String where, String column, String operator) {
    ORG.fails(
        "select id from Leads where " + where,
        "INVALID_QUERY",
        FORMED,
        "{\"reason\":\"invalid operator found\",\"column_name\":\"%s\",\"operator\":\"%s\"}"
            .formatted(column, operator));
  }

  private static void criteria(String where, String column, String value, String operator) {
    ORG.fails(
        "select id from Leads where " + where,
        "INVALID_QUERY",
        "unsupported column in criteria",
        "{\"cv_criteria\":false,\"column_name\":\"%s\",\"value\":\"%s\",\"operator\":\"%s\"}"
            .formatted(column, value, operator));
  }

  @Test
  void columnsAndAliases() {
    select(
        "First_Name, Last_Name, First_Name",
        "DUPLICATE_DATA",
        "duplicate select column",
        "{\"column_name\":\"First_Name\"}");
    select(
        "MAX(Annual_Revenue), MAX(Annual_Revenue)",
        "DUPLICATE_DATA",
        "duplicate aggregate function",
        "{\"column_name\":\"Annual_Revenue\",\"aggregate\":\"MAX\"}");
    select(
        "First_Name as ''",
        "INVALID_ALIAS",
        "alias name cannot be an empty string",
        "{\"column_name\":\"First_Name\",\"alias\":\"\"}");
    select(
        "First_Name as Name, Last_Name 'Name'",
        "DUPLICATE_ALIAS",
        "same alias cannot refer more than one column",
        "{\"referred_columns\":[\"First_Name\",\"Last_Name\"],\"alias\":\"Name\"}");
    select(
        "First_Name as Last_Name, Last_Name",
        "INVALID_QUERY",
        "column name or property name given in select columns without alias name cannot be an"
            + " alias name for other select columns",
        "{\"column_name\":\"First_Name\",\"alias\":\"Last_Name\"}");
    for (String call :
        new String[] {
          "TestFunction(Last_Name)", "SUM(Last_Name)", "max(Annual_Revenue)", "COUNT(Company)"
        }) {
      select(
          call,
          "INVALID_DATA",
          "invalid data",
          "{\"reason\":\"unsupported aggregate function\",\"column\":\"" + call + "\"}");
    }
    select(
        "COUNT(id), Company",
        "INVALID_QUERY",
        FORMED,
        "{\"column_name\":\"Company\",\"clause\":\"group by\"}");
    order("id, id", "DUPLICATE_DATA", "duplicate order by column", "{\"column_name\":\"id\"}");
    order(
        "COUNT(id)",
        "INVALID_QUERY",
        FORMED,
        "{\"column_name\":\"COUNT(id)\",\"clause\":\"order by\"}");
    ORG.fails(
        "select COUNT(id) from Leads where id is not null group by Company, Company",
        "DUPLICATE_DATA",
        "duplicate group by column",
        "{\"column_name\":\"Company\"}");
    ORG.fails(
        "select id from Leads where Owner in (select id, email from Users where id is not null)",
        "INVALID_QUERY",
        "subquery should contains only one column",
        "{\"sub_query_sequence\":0,\"column_name\":[\"id\",\"email\"]}");
  }

  private static void select(String columns, String code, String message, String details) {
    ORG.fails("select " + columns + " from Leads where id is not null", code, message, details);
  }

  private static void order(String columns, String code, String message, String details) {
    ORG.fails(
        "select id from Leads where id is not null order by " + columns, code, message, details);
  }

  @Test
  void limits() {
    String all = "select id from Leads where id is not null ";
    ORG.fails(all + "limit 0", "INVALID_DATA", "limit should be greater than 0", "{}");
    ORG.fails(
        all + "limit s", "INVALID_QUERY", "limit given seems to be invalid", "{\"limit\":\"s\"}");
    ORG.fails(
        all + "limit 1 offset '-1'",
        "INVALID_QUERY",
        "offset given seems to be invalid",
        "{\"offset\":\"-1\"}");
    limit(all + "limit 2001", "limit", 2000);
    ORG.ask(all + "limit 2000 offset 98000").hasStatus(204);
    ORG.fails(
        all + "limit 2000 offset 98001",
        "LIMIT_EXCEEDED",
        "Max records limit exceeded",
        "{\"by\":\"offset\",\"limit\":100000}");
    limit("select " + names(501) + " from Leads where id is not null", "select column", 500);
    limit(
        "select COUNT(id), COUNT(Owner), MAX(id), MIN(id), SUM(Annual_Revenue), AVG(Annual_Revenue)"
            + " from Leads where id is not null",
        "aggregate",
        5);
    limit(all.replace("id is not null", "id in (" + numbers(101) + ")"), "in", 100);
    ORG.ask(all.replace("id is not null", "id in (" + numbers(100) + ")")).hasStatus(204);
    limit(all.replace("id is not null", tests(26)), "criteria", 25);
    ORG.ask(all.replace("id is not null", tests(25))).hasStatus(204);
    limit(all + "group by a, b, c, d, e", "group by", 4);
    limit(all + "order by " + names(11), "order by", 10);
    limit(all + "order by Owner.role.name, Created_By.role.name, Modified_By.role.name", "join", 5);
    limit(
        "select id from Leads where Owner in (select id from Users where id is not null limit 101)",
        "limit",
        100);
    String one = "Owner in (select id from Users where id is not null)";
    limit(
        "select id from Leads where "
            + "(".repeat(4)
            + one
            + (" or " + one + ")").repeat(4)
            + " or "
            + one,
        "sub query",
        5);
  }

  private static void limit(String query, String by, int limit) {
    ORG.fails(
        query,
        "LIMIT_EXCEEDED",
        "limit exceeded",
        "{\"by\":\"%s\",\"limit\":%d}".formatted(by, limit));
  }

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private static String tests(int count) {
    return "(".repeat(count - 2)
        + "id = 0"
        + String.join("", Collections.nCopies(count - 2, " or id = 0)"))
        + " or id = 0";
  }

  /** Whatever is sent, the answer tells what is wrong with it. */
  @Test
  void noTextIsTooBroken() {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    var random = new Random(seed);
    String[] words = {
      "select",
      "from",
      "where",
      "Leads",
      "id",
      "Owner",
      ".",
      "->",
      "(",
      ")",
      "'",
      "\"",
      ",",
      "=",
      "!=",
      "<",
      ">",
      "in",
      "not",
      "is",
      "null",
      "and",
      "or",
      "between",
      "like",
      "%",
      "limit",
      "offset",
      "1",
      "COUNT",
      "group",
      "by",
      "order",
      "desc",
      "#",
      "!",
      "\u0000",
      "\ud800",
      "é",
      "\\",
      "${TODAY}",
      " "
    };
    String whole =
        "select Last_Name, Owner.role.name as r, COUNT(id) from Leads where (id in (1, '2') and"
            + " Created_Time > '2024-01-01T00:00:00Z') or Company like '%a%' group by Last_Name"
            + " order by r desc limit 5, 10";
    for (int i = 0; i < 400; i++) {
      var text = new StringBuilder(random.nextBoolean() ? whole : "select id from Leads where ");
      for (int change = 0; change <= random.nextInt(4); change++) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(12));
        text.replace(at, end, words[random.nextInt(words.length)] + " ");
      }
      String body = Json.MAPPER.createObjectNode().put("select_query", text.toString()).toString();
      int status = ORG.api.post("/crm/v8/coql", body).status();
      assertThat(status).as("seed %d: %s", seed, text).isIn(200, 204, 400);
    }
  }
}
