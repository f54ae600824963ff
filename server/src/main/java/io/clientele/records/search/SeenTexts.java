package io.clientele.records.search;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Module;
import io.clientele.metadata.SearchColumn;
import io.clientele.records.SearchWords;
import java.util.stream.Collectors;

/**
 * For users whose profile hides texts of a module: what the index finds counts only when the texts
 * that they see have it, or a search would tell what is hidden.
 */
final class SeenTexts {
  private SeenTexts() {}

  static Sql contain(Module module, SearchFor search) {
    boolean hides =
        SearchColumn.fields(module.whole()).stream()
            .anyMatch(field -> module.field(field.apiName()).isEmpty());
    if (!hides) {
      return Sql.TRUE;
    }
    String texts =
        SearchColumn.fields(module).stream()
            .map(field -> "t." + Sql.identifier(field.column()))
            .collect(Collectors.joining(", ", "concat_ws(' ', null, ", ")"));
    if (SearchColumn.fields(module).isEmpty()) {
      return sql("false");
    }
    if (search.by() == SearchFor.By.PHONE) {
      String digits = search.value().replaceAll("[^0-9]", "");
      return sql("strpos(regexp_replace(" + texts + ", '[^0-9]', '', 'g'), ?) > 0", digits);
    }
    return SearchWords.words(search.value()).stream()
        .map(word -> sql("strpos(lower(normalize(" + texts + ", NFKC)), ?) > 0", word))
        .reduce(Sql.TRUE, Sql::and);
  }
}
