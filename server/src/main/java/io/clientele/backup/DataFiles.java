package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.exports.CsvRows;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of an org for people and other programs: a CSV file for each module, the users, and
 * what modules and fields there are.
 */
final class DataFiles {
  private final Transaction tx;
  private final Metadata metadata;
  private final ModuleTables tables;
  private final Catalog catalog;
  private final ZipSeries zips;
  private final BackupSizes sizes;
  private final List<List<String>> modules = new ArrayList<>();
  private final List<List<String>> fields = new ArrayList<>();

  DataFiles(
      Transaction tx,
      Metadata metadata,
      ModuleTables tables,
      Catalog catalog,
      ZipSeries zips,
      BackupSizes sizes) {
    this.tx = tx;
    this.metadata = metadata;
    this.tables = tables;
    this.catalog = catalog;
    this.zips = zips;
    this.sizes = sizes;
  }

  void write() throws IOException {
    String zone = metadata.zoneOf(metadata.primaryUser().id()).getId();
    tx.list(sql("select set_config('TimeZone', ?, true)", zone), row -> 0);
    modules.add(List.of("Record Id", "API Name", "Singular", "Plural", "Type", "File", "Rows"));
    fields.add(List.of("Record Id", "Module", "API Name", "Label", "Type", "Heading"));
    for (Module module : metadata.modules()) {
      if (module.hasTable() && module.unionOf().isEmpty() && catalog.has(module.table())) {
        write(module);
      }
    }
    users();
    table("Metadata/Modules_001.csv", modules);
    table("Metadata/Fields_001.csv", fields);
  }

  private void write(Module module) throws IOException {
    var columns = new CsvColumns(metadata, tables, catalog, module);
    boolean custom = module.generatedType().equals("custom");
    var file = new CsvFile(module.apiName() + (custom ? "_C" : ""), columns.headings());
    long last = 0;
    int rows;
    do {
      long after = last;
      var chunk = new Chunk(file, columns.headings().size());
      Sql statement = columns.statement(after, sizes.chunkRows());
      rows =
          tx.passing(
              () -> {
                tx.streamPlanned(statement, chunk::take);
                return chunk.rows;
              });
      last = chunk.last;
    } while (rows == sizes.chunkRows());
    tell(module, columns, file);
  }

  private void tell(Module module, CsvColumns columns, CsvFile file) {
    modules.add(
        List.of(
            Long.toString(module.id()),
            module.apiName(),
            module.definition().path("module").path("singular_label").asString(module.apiName()),
            module.definition().path("module").path("plural_label").asString(module.apiName()),
            module.generatedType(),
            file.name + "_001.csv",
            Long.toString(file.total)));
    columns
        .headingsByField()
        .forEach(
            (name, heading) ->
                module.field(name).ifPresent(field -> fields.add(field(module, field, heading))));
  }

  private static List<String> field(Module module, Field field, String heading) {
    return List.of(
        Long.toString(field.id()),
        module.apiName(),
        field.apiName(),
        field.definition().path("field_label").asString(field.apiName()),
        field.dataType(),
        heading);
  }

  private void users() throws IOException {
    var file =
        new CsvFile(
            "Users",
            List.of(
                "Record Id",
                "First Name",
                "Last Name",
                "Full Name",
                "Email",
                "Role",
                "Profile",
                "Status",
                "Confirmed",
                "Time Zone",
                "Reporting To.id"));
    String setting = metadata.org().table("setting");
    Sql statement =
        sql(
            "select u.id, 'zcrm_' || u.id, u.first_name, u.last_name, u.full_name, u.email, r.name,"
                + " p.api_name, u.status, u.confirmed::text, u.time_zone, 'zcrm_' || u.reporting_to"
                + " from "
                + metadata.org().table("crm_user")
                + " u join "
                + metadata.org().table("role")
                + " r on r.id = u.role_id left join "
                + setting
                + " p on p.id = u.profile_id order by u.id");
    var chunk = new Chunk(file, file.headings.size());
    tx.stream(statement, chunk::take);
  }

  private void table(String entry, List<List<String>> lines) throws IOException {
    var csv = new CsvRows(zips.begin(entry));
    for (List<String> line : lines) {
      csv.headings(line);
    }
  }

  /** CSV files of one module, of which none has too many rows. */
  private final class CsvFile {
    private final String name;
    private final List<String> headings;
    private int number;
    private int rows;
    private long total;
    private @Nullable CsvRows csv;

    CsvFile(String name, List<String> headings) throws IOException {
      this.name = name;
      this.headings = headings;
      begin();
    }

    private CsvRows begin() throws IOException {
      number++;
      rows = 0;
      var fresh = new CsvRows(zips.begin("Data/%s_%03d.csv".formatted(name, number)));
      fresh.headings(headings);
      csv = fresh;
      return fresh;
    }

    CsvRows next() throws IOException {
      CsvRows now = csv == null || rows == sizes.fileRows() ? begin() : csv;
      rows++;
      total++;
      return now;
    }
  }

  /** Rows whose first column is an id that is not written. */
  private static final class Chunk {
    private final CsvFile file;
    private final int width;
    private long last;
    private int rows;

    Chunk(CsvFile file, int width) {
      this.file = file;
      this.width = width;
    }

    void take(ResultSet found) throws SQLException {
      try {
        while (found.next()) {
          last = Long.parseLong(new String(found.getBytes(1), StandardCharsets.US_ASCII));
          CsvRows csv = file.next();
          for (int i = 2; i <= width + 1; i++) {
            csv.value(found.getBytes(i));
          }
          csv.endLine();
          rows++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
