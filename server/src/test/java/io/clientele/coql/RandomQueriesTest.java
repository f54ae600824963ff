package io.clientele.coql;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Random queries find over HTTP what the plain way finds in memory. */
@Proves("POST /crm/{version}/coql")
class RandomQueriesTest {
  static final String[] WORDS = {"Anna", "albo", "Boris", "Bolo", "Carlos", "Lola", "a_b", "x%y"};
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final long seed = Long.getLong("coql.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, List<Map<String, Object>>> modules = new HashMap<>();

  @Test
  void sqlAndThePlainWayAgree() {
    List<String> accounts = accounts();
    contacts(accounts);
    var queries = new RandomQueries(random, accounts);
    var naive = new NaiveQueries(modules);
    int found = 0;
    for (int i = 0; i < Integer.getInteger("coql.queries", 5_000); i++) {
      String query = queries.query();
      List<List<@Nullable Object>> expected = naive.run(QueryReader.read(query));
      assertThat(answered(query)).as("seed %d: %s", seed, query).isEqualTo(expected);
      found += expected.isEmpty() ? 0 : 1;
    }
    assertThat(found).isGreaterThan(1);
  }

  private List<String> accounts() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("Account_Name", pick(WORDS) + " " + i);
      put(row, "Employees", BigDecimal.valueOf(random.nextInt(6) * 10L));
      put(row, "Annual_Revenue", NaiveQueries.plain(BigDecimal.valueOf(random.nextInt(40), 1)));
      put(row, "Industry", pick("ASP", "Government/Military", "Real Estate"));
      if (i > 3 && random.nextBoolean()) {
        row.put("Parent_Account", ids.get(random.nextInt(ids.size())));
      }
      ids.add(create("Accounts", row));
    }
    return ids;
  }

  private void contacts(List<String> accounts) {
    for (int i = 0; i < 40; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("Last_Name", pick(WORDS));
      put(row, "First_Name", pick(WORDS));
      put(row, "Lead_Source", pick("Advertisement", "Cold Call", "Trade Show"));
      put(row, "Date_of_Birth", "1990-01-0" + (1 + random.nextInt(6)));
      put(row, "Account_Name", accounts.get(random.nextInt(accounts.size())));
      row.put("Email_Opt_Out", random.nextBoolean());
      create("Contacts", row);
    }
  }

  private void put(Map<String, Object> row, String name, Object value) {
    if (random.nextInt(4) > 0) {
      row.put(name, value);
    }
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }

  private String create(String module, Map<String, Object> row) {
    String body = Json.MAPPER.writeValueAsString(Map.of("data", List.of(row)));
    String id = API.post("/crm/v8/" + module, body).hasStatus(201).savedId(0);
    row.put("id", id);
    modules.computeIfAbsent(module, name -> new ArrayList<>()).add(row);
    return id;
  }

  private static List<List<@Nullable Object>> answered(String query) {
    HttpResponse<String> answer = ask(query);
    if (answer.statusCode() == 204) {
      return List.of();
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<String> columns =
        QueryReader.read(query).columns().stream()
            .map(column -> column.expression().toString())
            .toList();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (JsonNode row : Json.MAPPER.readTree(answer.body()).path("data")) {
      var values = new ArrayList<@Nullable Object>();
      columns.forEach(column -> values.add(value(row.path(column))));
      rows.add(values);
    }
    return rows;
  }

  /** Without the check against the specification, which takes longer than the query. */
  private static HttpResponse<String> ask(String query) {
    var request =
        HttpRequest.newBuilder(URI.create(API.url() + "/crm/v8/coql"))
            .header("Authorization", "Zoho-oauthtoken " + API.token())
            .POST(BodyPublishers.ofString(CoqlOrg.body(query).toString()))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object value(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> null;
      case NUMBER -> NaiveQueries.plain(value.decimalValue());
      case BOOLEAN -> value.booleanValue();
      case OBJECT -> value.path("id").asString();
      default -> value.asString();
    };
  }
}
