package io.clientele.records.locking;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.http.Keys;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.records.RecordChange;
import io.clientele.records.RecordLocks;
import io.clientele.records.locking.LockRoutes.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lock as the API shows it.
 *
 * @param name what the locked record is called
 * @param mayEdit whether the reader could change or take away the lock
 */
record LockJson(
    Target target,
    long id,
    String name,
    boolean manual,
    @Nullable Long lockedBy,
    Instant time,
    @Nullable String reason,
    long configuration,
    @Nullable Long rule,
    boolean mayEdit) {

  static Optional<LockJson> read(RecordChange change, Target target) {
    Metadata metadata = target.metadata();
    Module module = target.module();
    String name =
        module
            .nameField()
            .map(Field::column)
            .map(column -> "t." + Sql.identifier(column) + "::text")
            .orElse("t.\"id\"::text");
    return change
        .tx()
        .find(
            sql(
                "select l.*, coalesce("
                    + name
                    + ", '') as record_name from "
                    + change.table(metadata.get(RecordLocks.MODULE))
                    + " l join "
                    + change.table(module)
                    + " t on t.\"id\" = l.\"locked_for__s\" where t.\"id\" = ?",
                target.recordId()),
            row -> read(target, row));
  }

  private static LockJson read(Target target, ResultSet row) throws SQLException {
    boolean manual = "Manual".equals(row.getString("lock_source__s"));
    return new LockJson(
        target,
        row.getLong("id"),
        row.getString("record_name"),
        manual,
        row.getObject("locked_by__s", Long.class),
        row.getTimestamp("locked_time__s").toInstant(),
        row.getString("locked_reason__s"),
        row.getLong("record_locking_configuration_id__s"),
        row.getObject("record_locking_rule_id__s", Long.class),
        manual && Locks.mayLock(target.metadata(), target));
  }

  static void write(Keys keys, LockJson lock) {
    lock.write(keys);
  }

  private void write(Keys keys) {
    Metadata metadata = target.metadata();
    References.user(keys, metadata, "Locked_By__s", lockedBy);
    keys.none("$field_states");
    id(keys, "Record_Locking_Rule_Id__s", rule);
    keys.object(
            "Locked_For__s",
            record ->
                record
                    .object(
                        "module",
                        module -> References.module(module, metadata, target.module().apiName()))
                    .text("name", name)
                    .id("id", target.recordId()))
        .text("Locked_Reason__s", reason);
    id(keys, "Record_Locking_Configuration_Id__s", configuration);
    keys.flag("$editable", mayEdit)
        .id("id", id)
        .text("$sharing_permission", mayEdit ? "full_access" : "read_only")
        .text("Lock_Source__s", manual ? "Manual" : "Automatic");
    References.time(keys, "Locked_Time__s", time, metadata.zoneOf(target.userId()));
    keys.text("Feature_Type__s", "record_locking").none("$zia_visions");
  }

  private static void id(Keys keys, String name, @Nullable Long id) {
    keys.text(name, id == null ? null : Long.toString(id));
  }
}
