package io.clientele.bulk.write;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One module of a bulk write with its file, as the job keeps it.
 *
 * @param file the uploaded file, by its id in the file store
 * @param name the CSV file in it
 * @param findBy by what rows find the records that they are; empty where they are new
 * @param lookup the field that tells on which record a row hangs; empty where it hangs on none
 */
record Resource(
    String module,
    String file,
    String name,
    Charset charset,
    boolean ignoreEmpty,
    Optional<String> findBy,
    Optional<String> lookup,
    List<Mapping> mappings) {
  /** How many columns of a file its result repeats. */
  private static final int SHOWN = 3;

  static Resource read(JsonNode json) {
    return new Resource(
        json.path("module").path("api_name").asString(),
        json.path("file").asString(),
        json.path("file_name").asString(),
        Charset.forName(json.path("charset").asString()),
        json.path("ignore_empty").asBoolean(),
        Optional.of(json.path("find_by").asString("")).filter(name -> !name.isEmpty()),
        Optional.of(json.path("lookup").asString("")).filter(name -> !name.isEmpty()),
        Mapping.list(json.path("field_mappings")));
  }

  /** The columns by which people find rows again in the result. */
  List<Integer> shown() {
    return mappings.stream().map(Mapping::index).filter(index -> index >= 0).limit(SHOWN).toList();
  }

  /** How the row tells on which record it hangs. */
  Mapping parent() {
    String name = lookup.orElseThrow();
    return mappings.stream().filter(one -> one.apiName().equals(name)).findFirst().orElseThrow();
  }

  static String cell(List<String> cells, int index) {
    return index >= 0 && index < cells.size() ? cells.get(index).strip() : "";
  }
}
