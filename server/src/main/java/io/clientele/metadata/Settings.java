package io.clientele.metadata;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.org.Org;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads and writes the documents of which an org's metadata is made. Who writes them says {@link
 * #changed}.
 */
public final class Settings {
  private Settings() {}

  /** Takes {@code count} new ids of the org. */
  public static List<Long> nextIds(Transaction tx, Org org, int count) {
    return tx.list(
        sql(
            "select nextval(?::regclass) from generate_series(1, ?)",
            org.schema() + ".id_sequence",
            count),
        row -> row.getLong(1));
  }

  /** Lets the ids that the org gives from now on be above {@code highest}. */
  public static void moveIds(Transaction tx, Org org, long highest) {
    moveSequence(tx, org.schema() + ".id_sequence", highest);
  }

  static void moveSequence(Transaction tx, String sequence, long highest) {
    tx.list(
        sql(
            "select setval(?::regclass, ?) from " + sequence + " where last_value < ?",
            sequence,
            highest,
            highest),
        row -> 0);
  }

  /** All documents, by noun and position. */
  public static List<Setting> list(Transaction tx, Org org) {
    return tx.list(
        sql("select * from " + org.table("setting") + " s order by s.noun, s.position, s.id"),
        Settings::read);
  }

  /** Adds documents, all at once. */
  public static void insert(Transaction tx, Org org, List<Setting> settings) {
    var ids = new ArrayList<Long>();
    var nouns = new ArrayList<String>();
    var parents = new ArrayList<@Nullable Long>();
    var names = new ArrayList<String>();
    var positions = new ArrayList<Integer>();
    var bodies = new ArrayList<String>();
    var authors = new ArrayList<@Nullable Long>();
    for (Setting setting : settings) {
      ids.add(setting.id());
      nouns.add(setting.noun());
      parents.add(setting.parentId());
      names.add(setting.apiName());
      positions.add(setting.position());
      bodies.add(Json.MAPPER.writeValueAsString(setting.body()));
      authors.add(setting.createdBy());
    }
    tx.update(
        sql(
            "insert into "
                + org.table("setting")
                + " (id, noun, parent_id, api_name, position, body, created_by, modified_by)"
                + " select a, b, c, d, e, f::jsonb, g, g from unnest(?, ?, ?, ?, ?, ?, ?) as t(a, b, c, d, e, f, g)",
            tx.array("bigint", ids.toArray()),
            tx.array("text", nouns.toArray()),
            tx.array("bigint", parents.toArray()),
            tx.array("text", names.toArray()),
            tx.array("integer", positions.toArray()),
            tx.array("text", bodies.toArray()),
            tx.array("bigint", authors.toArray())));
  }

  /** Gives a document another name, place and body. */
  static void update(
      Transaction tx, Org org, long id, String apiName, int position, JsonNode body, long userId) {
    tx.update(
        sql(
            "update "
                + org.table("setting")
                + " set api_name = ?, position = ?, body = ?::jsonb, modified_by = ?,"
                + " modified_time = clock_timestamp() where id = ?",
            apiName,
            position,
            Json.MAPPER.writeValueAsString(body),
            userId,
            id));
  }

  static void delete(Transaction tx, Org org, long id) {
    tx.update(sql("delete from " + org.table("setting") + " where id = ?", id));
  }

  /**
   * Whether the org's metadata is still of that version, as it then is until the transaction ends.
   */
  public static boolean isCurrent(Transaction tx, Org org) {
    return !tx.list(
            sql(
                "select from clientele.org where id = ? and metadata_version = ? for share",
                org.id(),
                org.metadataVersion()),
            row -> 0)
        .isEmpty();
  }

  /** Every node reads the org's metadata anew before it uses it again. */
  public static void changed(Transaction tx, Org org) {
    tx.update(
        sql(
            "update clientele.org set metadata_version = metadata_version + 1 where id = ?",
            org.id()));
  }

  private static Setting read(ResultSet row) throws SQLException {
    return new Setting(
        row.getLong("id"),
        row.getString("noun"),
        (Long) row.getObject("parent_id"),
        row.getString("api_name"),
        row.getInt("position"),
        Json.MAPPER.readTree(row.getString("body")),
        row.getTimestamp("created_time").toInstant(),
        row.getTimestamp("modified_time").toInstant(),
        (Long) row.getObject("created_by"),
        (Long) row.getObject("modified_by"));
  }

  /** A document that is new now. */
  public static Setting of(
      long id, String noun, @Nullable Long parentId, String apiName, int position, JsonNode body) {
    return of(id, noun, parentId, apiName, position, body, null);
  }

  /** A document that is new now, and its author. */
  static Setting of(
      long id,
      String noun,
      @Nullable Long parentId,
      String apiName,
      int position,
      JsonNode body,
      @Nullable Long createdBy) {
    return new Setting(
        id, noun, parentId, apiName, position, body, Instant.EPOCH, Instant.EPOCH, createdBy, null);
  }
}
