package io.clientele.coql;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.criteria.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is no module's table and can be queried all the same: users, their roles and profiles. */
public enum SystemTable {
  USER("crm_user", "") {
    @Override
    List<SystemColumn> columns() {
      return USERS;
    }
  },
  ROLE("role", "") {
    @Override
    List<SystemColumn> columns() {
      return ROLES;
    }
  },
  PROFILE("setting", " and %s.noun = 'profile'") {
    @Override
    List<SystemColumn> columns() {
      return PROFILES;
    }
  };

  private static final List<SystemColumn> USERS =
      List.of(
          id(),
          text("first_name", "%s.first_name"),
          text("last_name", "%s.last_name"),
          text("full_name", "%s.full_name"),
          text("email", "%s.email"),
          text("status", "%s.status"),
          text("time_zone", "%s.time_zone"),
          detail("alias"),
          detail("phone"),
          detail("mobile"),
          detail("fax"),
          detail("website"),
          detail("street"),
          detail("city"),
          detail("state"),
          detail("zip"),
          detail("country"),
          detail("language"),
          detail("locale"),
          detail("country_locale"),
          detail("time_format"),
          detail("date_format"),
          detail("dob"),
          flag("confirm", "%s.confirmed"),
          new SystemColumn("role", "%s.role_id", Kind.REFERENCE, "lookup", ROLE),
          new SystemColumn("profile", "%s.profile_id", Kind.REFERENCE, "lookup", PROFILE),
          user("reporting_to", "%s.reporting_to"),
          user("created_by", "%s.created_by"),
          user("modified_by", "%s.modified_by"),
          moment("created_time", "%s.created_time"),
          moment("modified_time", "%s.modified_time"));

  private static final List<SystemColumn> ROLES =
      List.of(
          id(),
          text("name", "%s.name"),
          new SystemColumn("reporting_to", "%s.reports_to", Kind.REFERENCE, "lookup", ROLE),
          flag("share_data_with_peers", "%s.share_with_peers"),
          flag("share_with_peers", "%s.share_with_peers"),
          text("description", "%s.body->>'description'"));

  private static final List<SystemColumn> PROFILES =
      List.of(
          id(),
          text("name", "coalesce(%1$s.body->>'name', %1$s.api_name)"),
          text("description", "%s.body->>'description'"),
          user("created_by", "%s.created_by"),
          user("modified_by", "%s.modified_by"),
          moment("created_time", "nullif(%s.body->>'created_time', '')::timestamptz"),
          moment("modified_time", "nullif(%s.body->>'modified_time', '')::timestamptz"));

  private final String table;
  private final String condition;

  SystemTable(String table, String condition) {
    this.table = table;
    this.condition = condition;
  }

  /**
   * A column of one of them.
   *
   * @param expression over the table, whose alias stands for {@code %s}
   * @param target what a dot behind it leads to
   */
  public record SystemColumn(
      String name, String expression, Kind kind, String dataType, @Nullable SystemTable target) {
    String value(String alias) {
      return expression.formatted(alias);
    }
  }

  abstract List<SystemColumn> columns();

  String table(Metadata metadata) {
    return metadata.org().table(table);
  }

  /** What a join to it must hold beside the id. */
  String condition(String alias) {
    return condition.formatted(alias);
  }

  /** The column of that name, whatever its case. */
  Optional<SystemColumn> column(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return columns().stream().filter(column -> column.name.equals(lower)).findFirst();
  }

  private static SystemColumn id() {
    return new SystemColumn("id", "%s.\"id\"", Kind.NUMBER, "bigint", null);
  }

  private static SystemColumn text(String name, String expression) {
    return new SystemColumn(name, expression, Kind.TEXT, "text", null);
  }

  private static SystemColumn detail(String name) {
    return text(name, "%s.body->>'" + name + "'");
  }

  private static SystemColumn flag(String name, String expression) {
    return new SystemColumn(name, expression, Kind.FLAG, "boolean", null);
  }

  private static SystemColumn user(String name, String expression) {
    return new SystemColumn(name, expression, Kind.USER, "ownerlookup", USER);
  }

  private static SystemColumn moment(String name, String expression) {
    return new SystemColumn(name, expression, Kind.DATETIME, "datetime", null);
  }
}
