package io.clientele.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Admins shape one module at once, on two servers, while records of it are written and read. */
class SeveralAdminsTest {
  private static final int ROUNDS = 3;
  private static final int WRITERS = 3;
  private static final String FIELDS = "/crm/v8/settings/fields";
  private static final String OF_VENDORS = "?module=Vendors";
  private static final String LISTS = "/crm/v8/settings/global_picklists";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void noChangeIsLost() throws Exception {
    String pickList = made(post(api, FIELDS + OF_VENDORS, pickList("Colour", "Red")), "fields");
    String global = made(post(api, LISTS, global()), "global_picklists");
    String layout = api.get("/crm/v8/settings/layouts" + OF_VENDORS).at("/layouts/0/id").asString();
    var going = new AtomicBoolean(true);
    var written = new AtomicInteger();
    try (var one = TestServer.amongOthers();
        var other = TestServer.amongOthers();
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var apis = List.of(new Api(one.url(), api.token()), new Api(other.url(), api.token()));
      List<Callable<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Api own = apis.get(i % 2);
        writers.add(() -> write(own, going, written));
      }
      var running = writers.stream().map(executor::submit).toList();
      try {
        List<Callable<Integer>> admins = new ArrayList<>();
        for (int i = 0; i < apis.size(); i++) {
          int number = i;
          admins.add(() -> shape(apis.get(number), "A" + number, pickList, global, layout));
        }
        for (var admin : executor.invokeAll(admins)) {
          assertThat(admin.get()).isEqualTo(ROUNDS);
        }
      } finally {
        going.set(false);
      }
      for (var writer : running) {
        assertThat(writer.get()).isPositive();
      }
    }
    check(pickList, global, layout);
    assertThat(count()).isEqualTo(written.get());
  }

  private static Answer post(Api by, String path, String body) {
    return by.post(path, body);
  }

  private static String made(Answer answer, String noun) {
    return answer.hasStatus(201).at("/" + noun + "/0/details/id").asString();
  }

  private static String pickList(String label, String value) {
    return """
        {"fields":[{"field_label":"%s","data_type":"picklist","pick_list_values":[
          {"display_value":"%s"}]}]}"""
        .formatted(label, value);
  }

  private static String global() {
    return """
        {"global_picklists":[{"display_label":"Shared","pick_list_values":[
          {"display_value":"One"}]}]}""";
  }

  /** One admin's work: a field kept, one deleted, a value of each list, and a section. */
  private static int shape(Api by, String name, String pickList, String global, String layout) {
    for (int round = 0; round < ROUNDS; round++) {
      String label = name + " " + round;
      String text = "{\"fields\":[{\"field_label\":\"%s\",\"data_type\":\"text\"}]}";
      String kept = made(post(by, FIELDS + OF_VENDORS, text.formatted(label)), "fields");
      String gone = made(post(by, FIELDS + OF_VENDORS, text.formatted(label + " x")), "fields");
      by.patch(
              FIELDS + "/" + pickList + OF_VENDORS,
              "{\"fields\":[{\"pick_list_values\":[{\"display_value\":\"" + label + "\"}]}]}")
          .hasStatus(200);
      by.patch(
              LISTS + "/" + global,
              "{\"global_picklists\":[{\"pick_list_values\":[{\"display_value\":\""
                  + label
                  + "\"}]}]}")
          .hasStatus(200);
      by.patch(
              "/crm/v8/settings/layouts/" + layout + OF_VENDORS,
              "{\"layouts\":[{\"sections\":[{\"display_label\":\"%s\",\"fields\":[{\"id\":\"%s\"}]}]}]}"
                  .formatted(label, kept))
          .hasStatus(200);
      by.delete(FIELDS + "/" + gone + OF_VENDORS).hasStatus(200);
    }
    return ROUNDS;
  }

  private static int write(Api by, AtomicBoolean going, AtomicInteger written) {
    int calls = 0;
    while (going.get()) {
      by.post(
              "/crm/v8/Vendors",
              "{\"data\":[{\"Vendor_Name\":\"V\",\"A0_0\":\"x\",\"A1_2\":\"y\",\"A0_1_x\":\"z\"}]}")
          .hasStatus(201);
      written.incrementAndGet();
      by.get("/crm/v2/Vendors?per_page=10").hasStatus(200);
      calls++;
    }
    return calls;
  }

  private void check(String pickList, String global, String layout) {
    List<String> labels = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      labels.add("A0 " + round);
      labels.add("A1 " + round);
    }
    JsonNode fields = api.get(FIELDS + OF_VENDORS).at("/fields");
    assertThat(texts(fields, "field_label"))
        .containsAll(labels)
        .noneMatch(label -> label.endsWith(" x"));
    assertThat(
            texts(
                api.get(FIELDS + "/" + pickList + OF_VENDORS).at("/fields/0/pick_list_values"),
                "display_value"))
        .containsAll(labels);
    assertThat(
            texts(
                api.get(LISTS + "/" + global).at("/global_picklists/0/pick_list_values"),
                "display_value"))
        .containsAll(labels);
    JsonNode sections =
        api.get("/crm/v8/settings/layouts/" + layout + OF_VENDORS).at("/layouts/0/sections");
    assertThat(texts(sections, "display_label")).containsAll(labels);
    for (JsonNode section : sections) {
      String label = section.path("display_label").asString();
      if (labels.contains(label)) {
        assertThat(section.at("/fields/0/field_label").asString()).isEqualTo(label);
      }
    }
  }

  private static List<String> texts(JsonNode list, String key) {
    return list.valueStream().map(one -> one.path(key).asString("")).toList();
  }

  private int count() {
    String path = "/crm/v8/Vendors?fields=Vendor_Name&per_page=200";
    int count = 0;
    JsonNode token;
    do {
      Answer page = api.get(path).hasStatus(200);
      count += page.at("/data").size();
      token = page.at("/info/next_page_token");
      path = "/crm/v8/Vendors?fields=Vendor_Name&per_page=200&page_token=" + token.asString("");
    } while (token.isString());
    return count;
  }
}
