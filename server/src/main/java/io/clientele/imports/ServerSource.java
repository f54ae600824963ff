package io.clientele.imports;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Field.Linking;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.ProfileImageType;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Another server of the API, be it the product itself or another Clientele. */
public final class ServerSource implements Source {
  private static final String V8 = "/crm/v8/";
  private static final String NAME = "api_name";
  private static final String ATTACHMENTS = "Attachments";
  private static final Set<String> LEFT_OUT =
      Set.of("Activities", "Emails", "Locking_Information__s", "Actions_Performed", "Feeds");
  private static final List<String> STAMPS =
      List.of("Owner", "Created_By", "Created_Time", "Modified_By", "Modified_Time");
  private static final int SOME = 200;

  private final ApiClient api;
  private final String name;
  private final WorkFiles files;
  private final ServerPages pages;
  private final ServerAttachments attachments;
  private final Map<String, String> layouts = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, List<Long>> listed = new HashMap<>();
  private @Nullable ServerShape shape;
  private boolean layoutsRead;

  /**
   * Calls the server once, so that an address or a token that is wrong is told at once.
   *
   * @param directory where what was fetched is kept on the way
   * @param pause waits
   * @throws ImportException when the server cannot be reached or does not let us in
   */
  public ServerSource(ApiClient api, Path directory, Consumer<Duration> pause) {
    this.api = api;
    JsonNode org = api.get(V8 + "org").path("org").path(0);
    String id = org.path("zgid").asString(org.path("id").asString(""));
    if (id.isEmpty()) {
      throw new ImportException(api.url() + " does not answer as the API does.");
    }
    name = api.url() + ", org " + id;
    files = new WorkFiles(directory.resolve(name.replaceAll("[^A-Za-z0-9.]+", "-")));
    pages = new ServerPages(api, files, pause);
    attachments = new ServerAttachments(api, files, pages);
  }

  private ServerShape shape() {
    ServerShape now = shape;
    if (now == null) {
      now = new ServerShape(api);
      shape = now;
    }
    return now;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public JsonNode shape(Metadata here) {
    return shape().outer(here);
  }

  @Override
  public JsonNode innerShape(Metadata here) {
    return shape().inner(here, targets(here));
  }

  @Override
  public boolean tellsShape() {
    return true;
  }

  @Override
  public List<SourceUser> users() {
    var users = new ArrayList<SourceUser>();
    for (String type : List.of("AllUsers", "DeletedUsers")) {
      boolean more = true;
      for (int page = 1; more; page++) {
        JsonNode reply = users(type, page);
        reply.path("users").forEach(user -> users.add(user(user)));
        more = reply.path("info").path("more_records").asBoolean(false);
      }
    }
    return users;
  }

  private JsonNode users(String type, int page) {
    try {
      return api.get(V8 + "users?type=" + type + "&per_page=200&page=" + page);
    } catch (ApiClient.Refused e) {
      if (type.equals("AllUsers")) {
        throw new ImportException(e.getMessage() + ".");
      }
      return Json.MAPPER.createObjectNode(); // some servers do not tell of those who are gone
    }
  }

  private static SourceUser user(JsonNode user) {
    return new SourceUser(
        user.path("id").asString(),
        user.path("email").asString(user.path("id").asString() + "@users.invalid"),
        user.path("first_name").asString(""),
        user.path("last_name").asString(""),
        user.path("role").path("name").asString(""),
        user.path("profile").path("name").asString(""));
  }

  @Override
  public List<SourceModule> modules(Metadata here) {
    return List.copyOf(targets(here).values());
  }

  /** The modules whose records can be had, by their names there. */
  private Map<String, SourceModule> targets(Metadata here) {
    Map<String, SourceModule> targets = new LinkedHashMap<>();
    for (JsonNode module : shape().modules()) {
      String one = module.path(NAME).asString();
      Optional<Module> same =
          here.find(one).filter(found -> found.hasTable() && found.apiSupported());
      if (LEFT_OUT.contains(one)) {
        continue;
      }
      if (!ServerShape.isInner(module)) {
        same.ifPresent(
            found ->
                targets.put(one, new SourceModule(one, found.apiName(), Map.of(), count(one))));
        for (JsonNode field : shape().fields(one)) {
          inner(here, one, field)
              .filter(found -> here.find(found.target()).filter(Module::hasTable).isPresent())
              .ifPresent(found -> targets.putIfAbsent(found.name(), found));
        }
      }
    }
    return targets;
  }

  /** The module whose rows a field has, as both sides call it. */
  private Optional<SourceModule> inner(Metadata here, String parent, JsonNode field) {
    String type = field.path("data_type").asString("");
    Optional<Field> target =
        here.find(parent).flatMap(found -> found.field(field.path(NAME).asString()));
    if (target.isEmpty()) {
      return Optional.empty();
    }
    if (type.equals("subform") && !target.get().modules().isEmpty()) {
      String theirs = ServerShape.nameOf(field.path("associated_module").path("module"));
      return theirs.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new SourceModule(
                  theirs, target.get().modules().getFirst(), Map.of(), countInner(parent)));
    }
    JsonNode details = field.path(type).path("linking_details");
    Optional<Linking> linking = target.get().linking();
    if (!details.isObject() || linking.isEmpty()) {
      return Optional.empty();
    }
    String theirs = ServerShape.nameOf(details.path("module"));
    return Optional.of(
        new SourceModule(
            theirs,
            linking.get().module(),
            Map.of(
                details.path("lookup_field").path(NAME).asString(""), linking.get().lookupField(),
                details.path("connected_lookup_field").path(NAME).asString(""),
                    linking.get().connectedField()),
            countInner(parent)));
  }

  /** How many records a module has; negative when that is not told. */
  private long count(String module) {
    return counts.computeIfAbsent(
        module,
        one -> {
          try {
            return api.get(V8 + one + "/actions/count").path("count").asLong(-1);
          } catch (ApiClient.Refused e) {
            return -1L;
          }
        });
  }

  @Override
  public boolean hasValues(SourceModule module, String heading) {
    return true;
  }

  /** Of rows that hang on records, only that there are none is known. */
  private long countInner(String parent) {
    return count(parent) == 0 ? 0 : -1;
  }

  @Override
  public long highestId(Metadata here) {
    return shape().modules().stream()
        .filter(module -> !ServerShape.isInner(module))
        .mapToLong(module -> highestId(module.path(NAME).asString()))
        .max()
        .orElse(0);
  }

  private long highestId(String module) {
    try {
      String query = "?fields=id&sort_by=id&sort_order=desc&per_page=1";
      return api.get(V8 + module + query).path("data").path(0).path("id").asLong(0);
    } catch (ApiClient.Refused e) {
      return 0;
    }
  }

  @Override
  public Optional<String> layoutName(String id) {
    if (!layoutsRead) {
      layoutsRead = true;
      for (JsonNode module : shape().modules()) {
        if (!ServerShape.isInner(module)) {
          shape()
              .layouts(module.path(NAME).asString())
              .forEach(
                  layout ->
                      layouts.put(layout.path("id").asString(), layout.path("name").asString()));
        }
      }
    }
    return Optional.ofNullable(layouts.get(id));
  }

  @Override
  public Optional<CsvPart> part(SourceModule module, int number) {
    try {
      return switch (module.name()) {
        case "Notes" ->
            pages.listed("Notes", withStamps("Note_Title", "Note_Content", "Parent_Id"), number);
        case ATTACHMENTS -> attachments.part(number, List.copyOf(counts.keySet()));
        default -> module.count() == 0 ? Optional.empty() : pages.bulk(module.name(), number);
      };
    } catch (ApiClient.Refused e) {
      throw new Unreadable(e.getMessage());
    }
  }

  private static List<String> withStamps(String... fields) {
    var all = new ArrayList<>(List.of(fields));
    all.addAll(STAMPS);
    return all;
  }

  @Override
  public void into(Imported imported) {
    attachments.into(imported);
  }

  @Override
  public void done(SourceModule module, int number) {
    pages.done(module.name(), number);
  }

  @Override
  public Optional<InputStream> attachment(AttachmentRow row) {
    return attachments.content(row);
  }

  @Override
  public Optional<String> link(AttachmentRow row) {
    return attachments.link(row);
  }

  @Override
  public List<FieldFiles> files(SourceModule module, Field field, long after) {
    boolean photo = field.type() instanceof ProfileImageType;
    return withFiles(module.name(), field.apiName(), after).stream()
        .map(
            id ->
                photo
                    ? new FieldFiles(
                        id, List.of(new FieldFiles.Named("photo", () -> photo(module.name(), id))))
                    : new FieldFiles(id, ofField(module.name(), field.apiName(), id)))
        .toList();
  }

  private @Nullable InputStream photo(String module, long id) {
    return downloaded(V8 + module + "/" + id + "/photo");
  }

  private @Nullable InputStream downloaded(String path) {
    try {
      return api.download(path).orElse(null);
    } catch (ApiClient.Refused e) {
      return null;
    }
  }

  private List<FieldFiles.Named> ofField(String module, String field, long id) {
    JsonNode record = api.get(V8 + module + "/" + id).path("data").path(0);
    var named = new ArrayList<FieldFiles.Named>();
    for (JsonNode file : record.path(field)) {
      String path =
          V8
              + module
              + "/"
              + id
              + "/actions/download_fields_attachment?fields_attachment_id="
              + file.path("id").asString();
      named.add(
          new FieldFiles.Named(file.path("File_Name__s").asString("file"), () -> downloaded(path)));
    }
    return named;
  }

  /** By a query; where the server does not take it, by going through the list once. */
  private List<Long> withFiles(String module, String field, long after) {
    List<Long> list = listed.get(module + "." + field);
    if (list == null) {
      try {
        return queried(module, field, after);
      } catch (ApiClient.Refused e) {
        list = listed.computeIfAbsent(module + "." + field, key -> walked(module, field));
      }
    }
    return list.stream().filter(id -> id > after).limit(SOME).toList();
  }

  private List<Long> queried(String module, String field, long after) {
    String query =
        "select id from %s where (%s is not null and id > '%d') order by id asc limit %d"
            .formatted(module, field, after, SOME);
    return api.post(V8 + "coql", Json.MAPPER.createObjectNode().put("select_query", query))
        .path("data")
        .valueStream()
        .map(row -> row.path("id").asLong())
        .toList();
  }

  private List<Long> walked(String module, String field) {
    var ids = new ArrayList<Long>();
    String path = V8 + module + "?fields=" + field + "&sort_by=id&sort_order=asc&per_page=200";
    String token = "";
    try {
      do {
        JsonNode page =
            api.get(token.isEmpty() ? path : path + "&page_token=" + ApiClient.encode(token));
        page.path("data")
            .valueStream()
            .filter(
                row ->
                    row.hasNonNull(field) && !row.path(field).isEmpty()
                        || row.path(field).isString())
            .forEach(row -> ids.add(row.path("id").asLong()));
        token =
            page.path("info").path("more_records").asBoolean(false)
                ? page.path("info").path("next_page_token").asString("")
                : "";
      } while (!token.isEmpty());
    } catch (ApiClient.Refused e) {
      if (!token.isEmpty()) {
        throw new ImportException(e.getMessage() + ".");
      }
      return ids; // the module has no such field there
    }
    return ids;
  }

  /** Forgets what was kept on the way: the import is done. */
  public void finish() {
    files.deleteAll();
  }

  @Override
  public void close() {
    api.close();
  }
}
