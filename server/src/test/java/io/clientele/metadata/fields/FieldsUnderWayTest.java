package io.clientele.metadata.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Fields come and go while others read and write the records. */
class FieldsUnderWayTest {
  private static final int ROUNDS = 15;

  @Test
  void nobodyNoticesButByTheField() throws Exception {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    api.post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"First\"}]}").hasStatus(201);
    var going = new AtomicBoolean(true);
    List<Callable<Integer>> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      others.add(
          () -> {
            int calls = 0;
            while (going.get()) {
              api.post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"V\",\"Passing\":\"x\"}]}")
                  .hasStatus(201);
              api.get("/crm/v2/Vendors?per_page=20").hasStatus(200);
              calls++;
            }
            return calls;
          });
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = others.stream().map(executor::submit).toList();
      try {
        for (int round = 0; round < ROUNDS; round++) {
          String id =
              api.post(
                      "/crm/v8/settings/fields?module=Vendors",
                      "{\"fields\":[{\"field_label\":\"Passing\",\"data_type\":\"text\"}]}")
                  .hasStatus(201)
                  .at("/fields/0/details/id")
                  .asString();
          api.delete("/crm/v8/settings/fields/" + id + "?module=Vendors").hasStatus(200);
        }
      } finally {
        going.set(false);
      }
      for (var one : running) {
        assertThat(one.get()).isPositive();
      }
    }
  }
}
