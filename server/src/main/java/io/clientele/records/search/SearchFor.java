package io.clientele.records.search;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Query;
import io.clientele.metadata.Module;
import io.clientele.records.Addresses;
import io.clientele.records.PhoneDigits;
import io.clientele.records.SearchWords;
import io.clientele.records.TextQuery;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is searched for: the first there is of criteria, email, phone and word. */
record SearchFor(By by, String value) {
  private static final Pattern NUMBER = Pattern.compile("\\s*[+]?[0-9\\s\\-().]+");

  /** The parameters, in the order in which they are preferred. */
  enum By {
    CRITERIA("criteria", 3000),
    EMAIL("email", 255),
    PHONE("phone", 50),
    WORD("word", 100);

    static final List<String> NAMES = List.of("criteria", "email", "phone", "word");

    private final String parameter;
    private final int maximum;

    By(String parameter, int maximum) {
      this.parameter = parameter;
      this.maximum = maximum;
    }

    String parameter() {
      return parameter;
    }
  }

  /**
   * @throws ApiError INVALID_QUERY, for words INVALID_DATA, when the value is longer than it may be
   */
  static Optional<SearchFor> of(Query query) {
    for (By by : By.values()) {
      Optional<String> value = query.first(by.parameter).filter(text -> !text.isBlank());
      if (value.isPresent()) {
        var search = new SearchFor(by, value.get().strip());
        if (search.value.length() > by.maximum) {
          throw by == By.WORD
              ? ErrorCode.INVALID_DATA.with("param_name", by.parameter)
              : search.unsearchable();
        }
        return Optional.of(search);
      }
    }
    return Optional.empty();
  }

  /**
   * The tsquery for an address, a number or words.
   *
   * @throws ApiError FIELD_TYPE_UNAVAILABLE when the module has no such fields, INVALID_QUERY and
   *     INVALID_DATA when the value is none to search for
   */
  String textQuery(Module module) {
    return switch (by) {
      case CRITERIA -> throw new IllegalStateException("criteria are no words");
      case EMAIL -> {
        requireField(module, "email");
        if (SearchWords.words(value).isEmpty()) {
          throw unsearchable();
        }
        yield Addresses.query(value.replace(' ', '+')); // a plus that nobody encoded
      }
      case PHONE -> {
        requireField(module, "phone");
        String query = NUMBER.matcher(value).matches() ? PhoneDigits.query(value) : "";
        if (query.isEmpty()) {
          throw unsearchable();
        }
        yield query;
      }
      case WORD -> words();
    };
  }

  /** Each word, the last by its beginning; an address as a whole. */
  private String words() {
    List<String> words = SearchWords.words(value);
    if (value.codePointCount(0, value.length()) < 2) {
      throw ErrorCode.INVALID_DATA
          .with("param_name", by.parameter)
          .message("provide atleast 2 letters for search");
    }
    if (words.isEmpty()) {
      throw ErrorCode.INVALID_DATA.with("param_name", by.parameter);
    }
    if (value.indexOf('*') != value.lastIndexOf('*')) {
      throw ErrorCode.INVALID_DATA
          .with("param_name", by.parameter)
          .message("More than one wildcard(*) not allowed in a searchword");
    }
    boolean address = value.indexOf('@') > 0 && value.indexOf(' ') < 0;
    return address ? Addresses.query(value) : TextQuery.beginning(words);
  }

  private static void requireField(Module module, String dataType) {
    if (module.fields().stream().noneMatch(field -> field.dataType().equals(dataType))) {
      throw ErrorCode.FIELD_TYPE_UNAVAILABLE.error();
    }
  }

  private ApiError unsearchable() {
    return ErrorCode.INVALID_QUERY.with("param_name", by.parameter);
  }
}
