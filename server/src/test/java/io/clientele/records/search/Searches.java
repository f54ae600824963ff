package io.clientele.records.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import java.util.List;

/** Questions to the search of one module, answered by the names of what it finds. */
record Searches(Api api, String module, String name) {
  Answer answer(String parameter, String value, String more) {
    return api.get(
        "/crm/v8/" + module + "/search?" + parameter + "=" + Api.encode(value) + "&" + more);
  }

  /** The names found, newest first. */
  List<String> find(String parameter, String value) {
    Answer answer = answer(parameter, value, "fields=" + name);
    return answer.status() == 204
        ? List.of()
        : answer
            .hasStatus(200)
            .at("/data")
            .valueStream()
            .map(row -> row.path(name).asString())
            .toList();
  }

  /** Searches find these, in any order, and count as many. */
  void finds(String parameter, String value, String... names) {
    assertThat(find(parameter, value)).as(parameter + "=" + value).containsExactlyInAnyOrder(names);
    Answer count =
        api.get("/crm/v8/" + module + "/actions/count?" + parameter + "=" + Api.encode(value));
    assertThat(count.hasStatus(200).at("/count").asInt()).as(value).isEqualTo(names.length);
  }

  void selects(String criteria, String... names) {
    finds("criteria", criteria, names);
  }

  String create(String row) {
    return api.post("/crm/v8/" + module, "{\"data\":[" + row + "]}").hasStatus(201).savedId(0);
  }
}
