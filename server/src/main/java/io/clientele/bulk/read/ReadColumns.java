package io.clientele.bulk.read;

import io.clientele.coql.Joins;
import io.clientele.coql.Named;
import io.clientele.coql.Sources;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.criteria.Kind;
import io.clientele.metadata.types.FieldTypes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The columns of a file, each value as text in SQL: lookups and users as ids, moments in the time
 * zone of the session, several values with {@code ;} between.
 */
final class ReadColumns {
  private static final String ID = "id";

  private final Sources sources;
  private final ReadPaths paths;
  private final List<String> headings = new ArrayList<>();
  private final List<String> expressions = new ArrayList<>();
  private final BitSet moments = new BitSet();

  /**
   * The id and the fields named; all that can be read when none is.
   *
   * @throws io.clientele.error.ApiError FIELD_NOT_AVAILABLE, FIELD_NOT_SUPPORTED,
   *     JOIN_LIMIT_EXCEEDED
   */
  ReadColumns(Sources sources, Module module, List<String> names) {
    this.sources = sources;
    this.paths = new ReadPaths(sources, "s", module, ErrorCode.FIELD_NOT_AVAILABLE);
    headings.add("Id");
    expressions.add(Joins.BASE + ".\"id\"::text");
    List<String> asked =
        names.isEmpty()
            ? module.fields().stream()
                .filter(field -> isReadable(field) && !field.isInternal())
                .map(Field::apiName)
                .toList()
            : names;
    asked.stream().distinct().filter(name -> !name.equals(ID)).forEach(this::add);
  }

  private void add(String name) {
    Named named = paths.named(name);
    if (!named.asField().map(ReadColumns::isReadable).orElse(true)) {
      throw ErrorCode.FIELD_NOT_SUPPORTED.with("api_name", name);
    }
    headings.add(name);
    expressions.add(text(named));
  }

  /** Values that are rows of other modules, or files, have no place in one cell. */
  private static boolean isReadable(Field field) {
    return field.valueColumn().isPresent()
        && switch (field.dataType()) {
          case "fileupload", "imageupload", "profileimage" -> false;
          default -> true;
        };
  }

  private String text(Named named) {
    String value = sources.value(named);
    return switch (named) {
      case Named.OfModule(String _, String alias, Module _, Field field) ->
          ofField(field, value, alias.equals(Joins.BASE));
      case Named.OfSystem system ->
          system.column().kind() == Kind.DATETIME ? moment(value) : value + "::text";
      case Named.ModuleName _ -> value;
    };
  }

  private String ofField(Field field, String value, boolean own) {
    if (field.type().equals(FieldTypes.TAG)) {
      return "(select string_agg(g.name, ';' order by v.n) from unnest(%s) with ordinality v(id, n)"
              .formatted(value)
          + " join "
          + sources.metadata().org().table("tag")
          + " g on g.id = v.id)";
    }
    return switch (field.valueColumn().orElseThrow().sqlType()) {
      case "timestamptz" -> moment(value);
      case "boolean" -> own ? "coalesce(" + value + ", false)::text" : value + "::text";
      case "text[]", "bigint[]" -> "array_to_string(" + value + ", ';')";
      default -> value + "::text";
    };
  }

  /** As the database writes it, which takes a third of the time of writing it in ISO 8601. */
  private String moment(String value) {
    moments.set(expressions.size());
    return value + "::text";
  }

  /** Which of the columns, counted from 0, are moments as the database writes them. */
  BitSet moments() {
    return moments;
  }

  /** The headings, which are the fields' API names. */
  List<String> headings() {
    return headings;
  }

  /** The select list; the first is the id. */
  String sql() {
    return String.join(", ", expressions);
  }

  Sql joins() {
    return Sql.join("", paths.sql());
  }
}
