package io.clientele.metadata;

import static io.clientele.db.Sql.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.http.Caller;
import io.clientele.http.Json;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The metadata of each org in use. A process looks at most {@link #STALENESS} long at a version
 * without asking the database again; who changes an org's metadata while other processes may serve
 * it answers its client only after that time, so the client's next request finds the change
 * wherever it arrives.
 */
public final class MetadataCache {
  /** How long a version that was read counts as the newest. */
  private static final Duration STALENESS = Duration.ofMillis(250);

  private static final int ORGS = 1000;

  private final Database database;
  private final boolean alone;
  private final Cache<Long, Version> versions =
      Caffeine.newBuilder().expireAfterWrite(STALENESS).maximumSize(ORGS).build();
  private final Cache<Long, Metadata> cache = Caffeine.newBuilder().maximumSize(ORGS).build();

  /**
   * @param alone whether no other process serves orgs of this database
   */
  public MetadataCache(Database database, boolean alone) {
    this.database = database;
    this.alone = alone;
  }

  /** The org's metadata as it is now. */
  public Metadata of(long orgId) {
    if (database.waits(new Changed(orgId))) {
      // what this transaction has changed is nobody else's to see yet
      return database.read(tx -> load(tx, Orgs.find(tx, orgId).orElseThrow()));
    }
    Version version = versions.get(orgId, this::readVersion);
    Metadata cached = cache.getIfPresent(orgId);
    if (cached != null && Version.of(cached.org()).equals(version)) {
      return cached;
    }
    Metadata fresh = database.read(tx -> load(tx, Orgs.find(tx, orgId).orElseThrow()));
    cache.put(orgId, fresh);
    versions.put(orgId, Version.of(fresh.org()));
    return fresh;
  }

  /** The org's metadata as it is now, as the caller sees it. */
  public Metadata of(Caller caller) {
    return of(caller.orgId()).seenBy(caller.userId());
  }

  /** Called after a change of an org's metadata was committed, or joined a transaction. */
  public void changed(long orgId) {
    database.afterwards(
        new Changed(orgId),
        () -> {
          versions.invalidate(orgId);
          if (!alone) {
            pause();
          }
        });
  }

  private record Changed(long orgId) {}

  /** A restored org has the number of the one before, and may have its version. */
  private record Version(long number, Instant orgCreatedTime) {
    static Version of(Org org) {
      return new Version(org.metadataVersion(), org.createdTime());
    }
  }

  /** Reads the org's metadata anew when it is next asked for. */
  public void forget(long orgId) {
    versions.invalidate(orgId);
    cache.invalidate(orgId);
  }

  /** The metadata as {@code org} is in this transaction, which may have read it just now. */
  Metadata current(Transaction tx, Org org) {
    if (database.waits(new Changed(org.id()))) {
      return load(tx, org);
    }
    Metadata cached = cache.getIfPresent(org.id());
    boolean same = cached != null && Version.of(cached.org()).equals(Version.of(org));
    return same ? Objects.requireNonNull(cached) : load(tx, org);
  }

  private static void pause() {
    try {
      Thread.sleep(STALENESS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Version readVersion(long orgId) {
    return database.read(
        tx ->
            tx.list(
                    sql(
                        "select metadata_version, created_time from clientele.org where id = ?",
                        orgId),
                    row -> new Version(row.getLong(1), row.getTimestamp(2).toInstant()))
                .getFirst());
  }

  /** The metadata as the transaction sees it. */
  public static Metadata load(Transaction tx, Org org) {
    Map<String, List<Setting>> byNoun =
        Settings.list(tx, org).stream().collect(Collectors.groupingBy(Setting::noun));
    var fields = byParent(byNoun, "field");
    var layouts = byParent(byNoun, "layout");
    var lists = byParent(byNoun, "related_list");
    var views = byParent(byNoun, "custom_view");
    List<Setting> globalPickLists = byNoun.getOrDefault(GlobalPickList.NOUN, List.of());
    List<Module> modules =
        byNoun.getOrDefault("module", List.of()).stream()
            .map(
                module ->
                    new Module(
                        module,
                        fields.getOrDefault(module.id(), List.of()).stream()
                            .filter(
                                field -> !field.body().path("multi_currency_only").asBoolean(false))
                            .map(field -> new Field(GlobalPickList.bind(field, globalPickLists)))
                            .toList(),
                        layouts.getOrDefault(module.id(), List.of()).stream()
                            .map(Layout::of)
                            .toList(),
                        lists.getOrDefault(module.id(), List.of()),
                        views.getOrDefault(module.id(), List.of()).stream()
                            .map(CustomView::of)
                            .toList()))
            .toList();
    return new Metadata(org, modules, people(tx, org), tags(tx, org), byNoun);
  }

  private static Map<Long, List<Setting>> byParent(Map<String, List<Setting>> byNoun, String noun) {
    return byNoun.getOrDefault(noun, List.of()).stream()
        .collect(Collectors.groupingBy(Setting::parent));
  }

  private static People people(Transaction tx, Org org) {
    List<UserName> users = users(tx, org);
    List<RoleName> roles = roles(tx, org);
    List<Group> groups = groups(tx, org);
    List<Long> grantees = new ArrayList<>(List.of(0L));
    users.forEach(user -> grantees.add(user.id()));
    roles.forEach(role -> grantees.add(role.id()));
    groups.forEach(group -> grantees.add(group.id()));
    return new People(
        users, roles, groups, territories(tx, org), relatedGrantees(tx, org, grantees));
  }

  /** Each is looked up, since there may be many shares with each. */
  private static Set<Long> relatedGrantees(Transaction tx, Org org, List<Long> grantees) {
    return Set.copyOf(
        tx.list(
            sql(
                "select p.id from unnest(?::bigint[]) p(id) cross join lateral (select from "
                    + org.table("record_share")
                    + " s where s.related and s.grantee_id = p.id limit 1) s",
                (Object) grantees.toArray(Long[]::new)),
            row -> row.getLong(1)));
  }

  private static List<UserName> users(Transaction tx, Org org) {
    return tx.list(
        sql("select * from " + org.table("crm_user") + " u order by u.id"), UserName::of);
  }

  private static List<RoleName> roles(Transaction tx, Org org) {
    return tx.list(
        sql(
            "select r.id, r.name, r.reports_to, r.share_with_peers, r.body from "
                + org.table("role")
                + " r order by r.id"),
        row ->
            new RoleName(
                row.getLong("id"),
                row.getString("name"),
                (Long) row.getObject("reports_to"),
                row.getBoolean("share_with_peers"),
                Json.MAPPER.readTree(row.getString("body"))));
  }

  private static List<Group> groups(Transaction tx, Org org) {
    record Part(long groupId, Group.Source source) {}
    Map<Long, List<Group.Source>> sources =
        tx
            .list(
                sql(
                    "select * from "
                        + org.table("user_group_source")
                        + " s order by s.group_id, s.type, s.source_id"),
                row ->
                    new Part(
                        row.getLong("group_id"),
                        new Group.Source(
                            row.getString("type"),
                            row.getLong("source_id"),
                            row.getBoolean("subordinates"))))
            .stream()
            .collect(
                Collectors.groupingBy(
                    Part::groupId, Collectors.mapping(Part::source, Collectors.toList())));
    return tx.list(
        sql(
            "select g.id, g.name, g.description from "
                + org.table("user_group")
                + " g order by g.id"),
        row ->
            new Group(
                row.getLong("id"),
                row.getString("name"),
                row.getString("description"),
                sources.getOrDefault(row.getLong("id"), List.of())));
  }

  private static List<Territory> territories(Transaction tx, Org org) {
    Map<Long, Set<Long>> users =
        tx
            .list(
                sql("select * from " + org.table("territory_user")),
                row -> Map.entry(row.getLong("territory_id"), row.getLong("user_id")))
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    return tx.list(
        sql("select * from " + org.table("territory") + " t order by t.id"),
        row ->
            new Territory(
                row.getLong("id"),
                row.getString("name"),
                (Long) row.getObject("reporting_to"),
                (Long) row.getObject("manager_id"),
                row.getString("permission_type").equals("read_only"),
                row.getString("description"),
                Json.MAPPER.readTree(row.getString("body")),
                users.getOrDefault(row.getLong("id"), Set.of())));
  }

  private static List<Tag> tags(Transaction tx, Org org) {
    return tx.list(
        sql("select * from " + org.table("tag") + " t order by t.id"),
        row ->
            new Tag(
                row.getLong("id"),
                row.getLong("module_id"),
                row.getString("name"),
                row.getString("color_code")));
  }
}
