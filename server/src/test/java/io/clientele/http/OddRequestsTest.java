package io.clientele.http;

import static io.clientele.http.WireRequest.latin;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.TestOrg;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Requests that once were answered as our own fault. */
class OddRequestsTest {
  private static final String INVALID_CLIENT = "{\"error\":\"invalid_client\"}";

  private final TestOrg org = TestOrg.create();

  @Test
  void brokenChunksAreTheClientsFault() throws IOException {
    for (String body :
        new String[] {
          "zz\r\nx\r\n0\r\n\r\n", "-1\r\nx", "3\n{}\n\n0\n\n", "ffffffffffffffff\r\nx"
        }) {
      for (String path : new String[] {"/crm/v8/Leads", "/oauth/v2/token", "/nothing"}) {
        try (var wire = new Wire(URI.create(org.server().url()).getPort())) {
          wire.send(
              latin(
                  "POST "
                      + path
                      + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nAuthorization:"
                      + " Zoho-oauthtoken "
                      + org.api().token()
                      + "\r\n\r\n"
                      + body));
          WireReply reply = wire.read("POST");
          assertThat(reply.status()).as(path + body).isIn(400, 404);
          assertThat(reply.closes()).isTrue();
          assertThat(wire.isClosed()).isTrue();
        }
      }
    }
  }

  @Test
  void momentBeyondTheDatabasesYearsCountsAsNotSent() {
    for (String time : new String[] {"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z"}) {
      org.api().get("/crm/v8/Deals?fields=Deal_Name", "If-Modified-Since", time).hasStatus(204);
    }
  }

  @Test
  void numberBeyondAllNumbersIsNoJson() {
    for (String number : new String[] {"1e99999999999", "33e3162835692505602"}) {
      org.api()
          .post("/crm/v8/Deals", "{\"data\":[{\"Amount\":" + number + "}]}")
          .isError(400, "INVALID_DATA", "body", "{\"expected_data_type\":\"jsonobject\"}");
    }
  }

  @Test
  void numberThatNoColumnHoldsIsRefusedInDocumentsToo() {
    for (String number : new String[] {"1e-99999999", "1e400000", "[[1e200000]]"}) {
      String row = "\"Last_Name\":\"L\",\"Data_Processing_Basis_Details\":{\"a\":" + number + "}";
      assertThat(
              org.api()
                  .post("/crm/v8/Leads", "{\"data\":[{" + row + "}]}")
                  .hasStatus(400)
                  .at("/data/0/code"))
          .hasToString("\"INVALID_DATA\"");
    }
  }

  @Test
  void momentAfterTheYear9999IsNoDatetime() {
    for (String time : new String[] {"9999-12-31T23:59:59-18:00", "9999-12-31T23:00:00+00:00"}) {
      String row =
          "\"Event_Title\":\"E\",\"Start_DateTime\":\""
              + time
              + "\",\"End_DateTime\":\""
              + time
              + "\"";
      org.api()
          .post("/crm/v8/Events", "{\"data\":[{" + row + "}]}")
          .hasStatus(400)
          .rowIsError(
              0,
              "INVALID_DATA",
              "invalid data",
              "{\"expected_data_type\":\"datetime\",\"api_name\":\"Start_DateTime\",\"json_path\":\"$.data[0].Start_DateTime\"}");
    }
  }

  @Test
  void nulInTagIsNoText() {
    org.api()
        .post(
            "/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\",\"Tag\":[{\"name\":\"a\\u0000\"}]}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"text\",\"api_name\":\"Tag\",\"json_path\":\"$.data[0].Tag[0].name\"}");
  }

  @Test
  void nulNamesNothing() {
    assertThat(org.api().post("/oauth/v2/token?client_id=%00", "").text())
        .isEqualTo(INVALID_CLIENT);
    assertThat(org.api().post("/oauth/v2/token", "client_id=%00").text()).isEqualTo(INVALID_CLIENT);
    String basic = "Basic " + Base64.getEncoder().encodeToString(latin("\0:x"));
    assertThat(org.api().post("/oauth/v2/token", "", "Authorization", basic).text())
        .isEqualTo(INVALID_CLIENT);
    org.api().get("/crm/v8/%00?fields=id").hasStatus(400);
  }
}
