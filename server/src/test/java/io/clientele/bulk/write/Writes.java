package io.clientele.bulk.write;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestOrg;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;

/** Bulk writes as tests ask for them: uploaded, made, run, and what became of their rows. */
record Writes(TestOrg org, Api api) {
  static final String UPLOAD = "/crm/v8/upload";
  static final String WRITE = "/crm/bulk/v8/write";

  /** Names and contents in turn, as a ZIP. */
  static byte[] zip(String... files) {
    return zip(StandardCharsets.UTF_8, files);
  }

  static byte[] zip(Charset charset, String... files) {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry(files[i]));
        zip.write(files[i + 1].getBytes(charset));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  Answer send(byte[] zip) {
    return api.upload(
        UPLOAD,
        Form.file("rows.zip", zip),
        "feature",
        "bulk-write",
        "X-CRM-ORG",
        Long.toString(org.orgId()));
  }

  /** The id of a new upload with one file. */
  String upload(String csv) {
    return upload("rows.csv", csv);
  }

  String upload(String... files) {
    return send(zip(files)).hasStatus(200).at("/details/file_id").asString();
  }

  String create(String body) {
    return api.post(WRITE, body).hasStatus(201).at("/details/id").asString();
  }

  /** A body about one module. */
  static String body(String operation, String module, String fileId, String more) {
    return """
        {"operation":"%s","resource":[{"type":"data","module":{"api_name":"%s"},\
        "file_id":"%s"%s}]}"""
        .formatted(operation, module, fileId, more.isEmpty() ? "" : "," + more);
  }

  void run() {
    org.server().installation().jobs().runDue(org.orgId());
  }

  JsonNode details(String id) {
    return api.get(WRITE + "/" + id).hasStatus(200).json();
  }

  /** Uploads a file, has it written and answers what is told of its rows. */
  List<NamedCsvRecord> write(String operation, String module, String csv, String more) {
    String id = create(body(operation, module, upload(csv), more));
    run();
    assertThat(details(id).path("status").asString()).isEqualTo("COMPLETED");
    return result(id, module + "-rows.csv");
  }

  /** What is told of the rows of a file. */
  List<NamedCsvRecord> result(String id, String name) {
    var all = result(id);
    assertThat(all).containsKey(name);
    return all.getOrDefault(name, List.of());
  }

  /** What is told of the rows of each file. */
  Map<String, List<NamedCsvRecord>> result(String id) {
    String url = details(id).at("/result/download_url").asString();
    var answer = api.download(URI.create(url).getPath());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
    var all = new LinkedHashMap<String, List<NamedCsvRecord>>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        all.put(entry.getName(), CsvReader.builder().ofNamedCsvRecord(text).stream().toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** The added, updated, skipped and all rows of a file. */
  static List<Long> counts(JsonNode resource) {
    JsonNode file = resource.path("file");
    return List.of(
        file.path("added_count").asLong(),
        file.path("updated_count").asLong(),
        file.path("skipped_count").asLong(),
        file.path("total_count").asLong());
  }
}
