package io.clientele.imports;

import io.clientele.http.Json;
import io.clientele.imports.BackupFiles.BackupFile;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.CellValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A backup as the product makes it: CSV files, {@code <Module>_001.csv} and so on, and zips with
 * attachments. A YAML file beside them is the org's shape, as {@code clientele export} writes it.
 */
public final class BackupSource implements Source {
  private static final Pattern DATA = Pattern.compile("(?i)(.+?)(?:_(\\d{1,6}))?\\.csv");
  private static final String ID = "\\d{1,18}|[1-8]\\d{18}";
  private static final Pattern CATALOG =
      Pattern.compile("(?i)(^|/)metadata/(modules|fields)_\\d+\\.csv$");
  private static final Pattern NUMBER = Pattern.compile("\\d{10,19}");

  /** What modules were called in older times. */
  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "potentials",
          "Deals",
          "potstagehistory",
          "DealHistory",
          "dealcontactrole",
          "Deals_X_Contacts");

  private final boolean makeFields;
  private final String name;
  private final BackupFiles files;
  private final Map<String, List<BackupFile>> parts = new TreeMap<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, Set<String>> filled = new HashMap<>();
  private final Map<String, List<BackupFile>> attachments = new HashMap<>();
  private final List<SourceUser> users;
  private long highest = -1;

  /**
   * @param paths zips, folders and CSV files
   * @param makeFields whether modules and fields that the org does not have are made
   * @throws ImportException when they cannot be read or have no data
   */
  public BackupSource(List<Path> paths, boolean makeFields) {
    this.makeFields = makeFields;
    name =
        paths.stream()
            .map(path -> path.toAbsolutePath().normalize().toString())
            .collect(Collectors.joining(", "));
    files = new BackupFiles(paths);
    for (BackupFile file : files.all()) {
      Matcher data = DATA.matcher(file.name());
      boolean isList = file.name().toLowerCase(Locale.ROOT).matches("attachments(_\\d+)?\\.csv");
      if (isOwn(file)) {
        continue;
      }
      if (data.matches() && (isList || !BackupFiles.isAttachment(file.path()))) {
        parts.computeIfAbsent(data.group(1), key -> new ArrayList<>()).add(file);
      } else {
        index(file);
      }
    }
    parts.values().forEach(list -> list.sort(Comparator.comparing(BackupFile::name)));
    if (parts.isEmpty()) {
      files.close();
      throw new ImportException("There are no CSV files of modules in " + name + ".");
    }
    users =
        BackupUsers.read(
            parts.getOrDefault("Users", List.of()).stream().map(BackupSource::csv).toList());
    parts.remove("Users");
  }

  /** What a backup of Clientele has beside the records. */
  private static boolean isOwn(BackupFile file) {
    return CATALOG.matcher(file.path()).find();
  }

  private void index(BackupFile file) {
    Matcher numbers = NUMBER.matcher(file.path());
    while (numbers.find()) {
      attachments.computeIfAbsent(numbers.group(), key -> new ArrayList<>()).add(file);
    }
    attachments.computeIfAbsent(file.name(), key -> new ArrayList<>()).add(file);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public JsonNode shape(Metadata here) {
    ObjectNode told = told();
    if (makeFields) {
      new BackupShape(this, here).modules(told);
    }
    return told;
  }

  private ObjectNode told() {
    return files.all().stream()
        .filter(file -> file.ends(".yaml") || file.ends(".yml"))
        .filter(file -> !BackupFiles.isAttachment(file.path()))
        .findFirst()
        .map(BackupSource::yaml)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .orElseGet(Json.MAPPER::createObjectNode);
  }

  private static JsonNode yaml(BackupFile file) {
    try (InputStream in = file.opener().open()) {
      return YAMLMapper.shared().readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JsonNode innerShape(Metadata here) {
    ObjectNode shape = Json.MAPPER.createObjectNode();
    if (makeFields) {
      new BackupShape(this, here).fields(shape);
    }
    return shape;
  }

  /** The module here that has a record of one of those ids. */
  Optional<String> moduleOf(Metadata here, List<String> ids) {
    for (SourceModule module : modules(here)) {
      for (BackupFile file : parts.getOrDefault(module.name(), List.of())) {
        boolean found =
            !module.target().isEmpty()
                && csv(file)
                    .read(
                        (headings, rows) -> {
                          while (rows.hasNext()) {
                            if (ids.contains(CellValues.bareId(rows.next().getFirst().strip()))) {
                              return true;
                            }
                          }
                          return false;
                        });
        if (found) {
          return Optional.of(module.target());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean tellsShape() {
    return makeFields;
  }

  @Override
  public List<SourceUser> users() {
    return users;
  }

  @Override
  public List<SourceModule> modules(Metadata here) {
    count();
    return parts.keySet().stream()
        .map(
            module ->
                new SourceModule(
                    module,
                    find(here, module).map(Module::apiName).orElse(""),
                    Map.of(),
                    counts.getOrDefault(module, 0L)))
        .toList();
  }

  private static Optional<Module> find(Metadata here, String name) {
    String word = Headings.word(name);
    String bare =
        word.endsWith("c") && name.endsWith("_C") ? word.substring(0, word.length() - 1) : word;
    return here.find(name)
        .or(() -> named(here, word))
        .or(() -> named(here, bare))
        .or(() -> Optional.ofNullable(OLD_NAMES.get(word)).flatMap(here::find))
        .filter(Module::hasTable);
  }

  private static Optional<Module> named(Metadata here, String word) {
    return here.modules().stream()
        .filter(Module::hasTable)
        .filter(
            module -> {
              JsonNode definition = module.definition().path("module");
              return List.of(
                      module.apiName(),
                      definition.path("plural_label").asString(""),
                      definition.path("module_name").asString(""))
                  .stream()
                  .anyMatch(one -> Headings.word(one).equals(word));
            })
        .findFirst();
  }

  /** Goes through all files once: how many rows they have, which columns, and the highest id. */
  private void count() {
    if (highest >= 0) {
      return;
    }
    highest = 0;
    parts.forEach(
        (module, list) ->
            counts.put(module, list.stream().mapToLong(file -> count(module, csv(file))).sum()));
  }

  @Override
  public boolean hasValues(SourceModule module, String heading) {
    count();
    return filled.getOrDefault(module.name(), Set.of()).contains(heading);
  }

  private long count(String module, CsvPart part) {
    Set<String> having = filled.computeIfAbsent(module, key -> new HashSet<>());
    return part.read(
        (headings, rows) -> {
          long count = 0;
          while (rows.hasNext()) {
            List<String> cells = rows.next();
            for (int i = 0; i < Math.min(cells.size(), headings.size()); i++) {
              if (!cells.get(i).isBlank()) {
                having.add(headings.get(i));
              }
            }
            String id = CellValues.bareId(cells.getFirst().strip());
            if (id.matches(ID)) {
              highest = Math.max(highest, Long.parseLong(id));
            }
            count++;
          }
          return count;
        });
  }

  @Override
  public long highestId(Metadata here) {
    count();
    return highest;
  }

  @Override
  public Optional<String> layoutName(String id) {
    return Optional.empty();
  }

  @Override
  public Optional<CsvPart> part(SourceModule module, int number) {
    List<BackupFile> list = parts.getOrDefault(module.name(), List.of());
    return number <= list.size() ? Optional.of(csv(list.get(number - 1))) : Optional.empty();
  }

  private static CsvPart csv(BackupFile file) {
    return new CsvPart(file.path(), file.opener());
  }

  @Override
  public void into(Imported imported) {}

  @Override
  public void done(SourceModule module, int number) {}

  /** By the attachment's id, or by its record's id and its name. */
  @Override
  public Optional<InputStream> attachment(AttachmentRow row) {
    return one(attachments.getOrDefault(row.id(), List.of()))
        .or(() -> one(attachments.getOrDefault(row.fileId(), List.of())))
        .or(
            () ->
                one(
                    attachments.getOrDefault(row.parentId(), List.of()).stream()
                        .filter(file -> isNamed(file, row.fileName()))
                        .toList()))
        .map(BackupSource::open);
  }

  private static boolean isNamed(BackupFile file, String name) {
    return file.name().equals(name) || file.name().endsWith("_" + name);
  }

  @Override
  public Optional<String> link(AttachmentRow row) {
    return Optional.empty(); // its column tells it
  }

  private static Optional<BackupFile> one(List<BackupFile> candidates) {
    return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
  }

  private static InputStream open(BackupFile file) {
    try {
      return file.opener().open();
    } catch (IOException e) {
      throw new ImportException(file.path() + " cannot be read: " + e.getMessage());
    }
  }

  /** All of them at once: the files' names in the backup stand in the cell. */
  @Override
  public List<FieldFiles> files(SourceModule module, Field field, long after) {
    var found = new TreeMap<Long, FieldFiles>();
    for (BackupFile part : parts.getOrDefault(module.name(), List.of())) {
      csv(part)
          .read(
              (headings, rows) -> {
                int place = place(module, field, headings);
                while (place >= 0 && rows.hasNext()) {
                  List<String> cells = rows.next();
                  String id = CellValues.bareId(cells.getFirst().strip());
                  if (cells.size() == headings.size()
                      && !cells.get(place).isBlank()
                      && id.matches(ID)
                      && Long.parseLong(id) > after) {
                    found.put(Long.parseLong(id), files(Long.parseLong(id), cells.get(place)));
                  }
                }
                return true;
              });
    }
    return List.copyOf(found.values());
  }

  private static int place(SourceModule module, Field field, List<String> headings) {
    for (int i = 0; i < headings.size(); i++) {
      String heading = module.fields().getOrDefault(headings.get(i), headings.get(i));
      if (Headings.word(heading).equals(Headings.word(field.apiName()))
          || heading.equals(field.definition().path("field_label").asString(""))) {
        return i;
      }
    }
    return -1;
  }

  private FieldFiles files(long id, String cell) {
    var files = new ArrayList<FieldFiles.Named>();
    for (String entry : cell.split("\\s*;\\s*")) {
      Optional<BackupFile> file = one(attachments.getOrDefault(entry.strip(), List.of()));
      files.add(
          new FieldFiles.Named(
              entry.substring(entry.indexOf('_') + 1),
              () -> file.map(BackupSource::open).orElse(null)));
    }
    return new FieldFiles(id, files);
  }

  @Override
  public void close() {
    files.close();
  }
}
