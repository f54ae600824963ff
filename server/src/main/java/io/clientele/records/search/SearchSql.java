package io.clientele.records.search;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.SearchColumn;
import io.clientele.records.CriteriaSql;
import io.clientele.records.Views;
import java.util.List;

/** The condition that a search or a count puts on a module's table, aliased {@code t}. */
final class SearchSql {
  private final Access access;
  private final Views views;
  private final CriteriaSql criteria;

  SearchSql(Access access, Views views, CriteriaSql criteria) {
    this.access = access;
    this.views = views;
    this.criteria = criteria;
  }

  /** The rows that the user may see. */
  Sql visible(Metadata metadata, Module module, long userId) {
    access.require(metadata, userId, Action.READ, module);
    return access.rows(metadata, userId, Action.READ, module);
  }

  /** The reasons to see a row, when there are several. */
  List<Sql> arms(Metadata metadata, Module module, long userId) {
    return access.arms(metadata, userId, Action.READ, module);
  }

  Sql found(Metadata metadata, Module module, SearchFor search, long userId) {
    if (search.by() == SearchFor.By.CRITERIA) {
      Expression expression = ExpressionParser.parse(search.value());
      var reader = new CriteriaReader(metadata, module, userId);
      return criteria.of(metadata, module, reader.read(expression), userId, "t");
    }
    Sql words = sql("t." + SearchColumn.NAME + " @@ ?::tsquery", search.textQuery(module));
    return words.and(SeenTexts.contain(module, search));
  }

  /** The rows of a view that the user sees. */
  Sql ofView(Metadata metadata, Module module, String view, long userId) {
    long id =
        PathId.parse(view).orElseThrow(() -> ErrorCode.INVALID_DATA.with("param_name", "cvid"));
    CustomView found = views.require(metadata, module, id, userId);
    return criteria.of(metadata.whole(), module.whole(), found, userId);
  }
}
