package io.clientele.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A field that is deleted leaves nothing in a layout, so another of its name begins anew. */
class LayoutDocumentTest {
  @Test
  void whatIsForgottenIsNeitherPlacedNorUnused() {
    var body =
        (ObjectNode)
            Json.MAPPER.readTree(
                "{\"sections\":[{\"fields\":[\"A\",{\"api_name\":\"B\"}]}],\"unused\":[\"C\"]}");
    var document = new LayoutDocument(body);
    assertThat(document.forget("B")).isTrue();
    assertThat(document.forget("C")).isTrue();
    assertThat(document.forget("D")).isFalse();
    assertThat(body.toString()).isEqualTo("{\"sections\":[{\"fields\":[\"A\"]}],\"unused\":[]}");
  }
}
