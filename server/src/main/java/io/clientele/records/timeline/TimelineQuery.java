package io.clientele.records.timeline;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Paging;
import io.clientele.metadata.Metadata;
import io.clientele.records.PageToken;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters of a timeline, checked.
 *
 * @param offset how many entries lie before the page
 * @param inner what is told of users and fields beside the usual
 * @param include further keys of each entry
 */
record TimelineQuery(
    Sql filter,
    boolean ascending,
    int perPage,
    int offset,
    Optional<PageToken> token,
    Set<String> inner,
    Set<String> include,
    PageToken.Codec tokens,
    PageToken.Binding binding) {

  private static final Set<String> UNBOUND = Set.of("page", "per_page", "page_token");
  private static final int ROWS_BY_PAGE = 2_000;

  static TimelineQuery of(Call call, Metadata metadata, PageToken.Codec tokens) {
    for (String other : List.of("per_page", "page")) {
      if (call.query("page_token").isPresent() && call.query(other).isPresent()) {
        throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with(
            "ambiguity_due_to",
            List.of(Map.of("param_name", other), Map.of("param_name", "page_token")));
      }
    }
    Paging paging = Paging.of(call);
    if ((long) paging.page() * paging.perPage() > ROWS_BY_PAGE) {
      throw ErrorCode.DISCRETE_PAGINATION_LIMIT_EXCEEDED.with("limit", ROWS_BY_PAGE);
    }
    oneOf(call, "sort_by", List.of("audited_time"), "audited_time");
    var binding =
        new PageToken.Binding(
            call.caller().orgId(),
            call.caller().userId(),
            PageToken.parameters(call, call.rawPath(), UNBOUND));
    Optional<PageToken> token = call.query("page_token").map(text -> tokens.read(text, binding));
    return new TimelineQuery(
        TimelineFilter.of(call, metadata),
        oneOf(call, "sort_order", List.of("asc", "desc"), "desc").equals("asc"),
        token.map(at -> (int) at.sortValue()).orElse(paging.perPage()),
        token.map(PageToken::offset).orElse((int) paging.offset()),
        token,
        names(call, "include_inner_details"),
        names(call, "include"),
        tokens,
        binding);
  }

  /** Whether the page ends at its position instead of beginning there. */
  boolean backward() {
    return token.filter(PageToken::backward).isPresent();
  }

  private static Set<String> names(Call call, String name) {
    return Arrays.stream(call.query(name).orElse("").split(","))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  private static String oneOf(Call call, String name, List<String> supported, String otherwise) {
    String value = call.query(name).filter(text -> !text.isEmpty()).orElse(otherwise);
    if (!supported.contains(value)) {
      throw ErrorCode.INVALID_DATA.with("param_name", name).with("supported_values", supported);
    }
    return value;
  }
}
