package io.clientele.records;

import io.clientele.metadata.Field;
import io.clientele.metadata.types.Column;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What searches find a record by: the words of its texts, and {@link Addresses} and {@link
 * PhoneDigits} as lexemes that begin with a letter and a colon, which no word does.
 */
public final class SearchWords {
  /** How the words travel: one text, lexemes with spaces between them. */
  static final Column COLUMN = new Column("tsvector", "text");

  /** So much of all texts together is found; a tsvector takes a megabyte. */
  private static final int MAXIMUM_CHARACTERS = 150_000;

  /** Longer words are cut; a lexeme takes two kilobytes. */
  private static final int MAXIMUM_WORD = 100;

  private static final Pattern MARKUP = Pattern.compile("<[^>]*>|&[a-zA-Z]{1,8};|&#\\d{1,6};");

  private SearchWords() {}

  /** {@code expression}, a text of {@link #of}, as a value of the column. */
  static String cast(String expression) {
    return "array_to_tsvector(string_to_array(" + expression + ", ' '))";
  }

  /**
   * The lexemes of a record, each once.
   *
   * @param fields those of its module that searches look at
   * @param value the value of a field, as its column has it
   */
  static String of(List<Field> fields, Function<Field, @Nullable Object> value) {
    Set<String> lexemes = new LinkedHashSet<>();
    int left = MAXIMUM_CHARACTERS;
    for (Field field : fields) {
      if (value.apply(field) instanceof String text && left > 0) {
        String found = text.length() > left ? text.substring(0, left) : text;
        left -= found.length();
        lexemes.addAll(words(field.isRichText() ? MARKUP.matcher(found).replaceAll(" ") : found));
        switch (field.dataType()) {
          case "email" -> lexemes.addAll(Addresses.lexemes(found));
          case "phone" -> lexemes.addAll(PhoneDigits.lexemes(found));
          default -> {}
        }
      }
    }
    return String.join(" ", lexemes);
  }

  /**
   * The words of a text in order: runs of letters and digits with their marks, in small letters,
   * compatible characters as one.
   */
  public static List<String> words(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    int length = 0;
    for (int i = 0; i < plain.length(); ) {
      int character = plain.codePointAt(i);
      i += Character.charCount(character);
      if (isOfWord(character)) {
        if (length++ < MAXIMUM_WORD) {
          word.appendCodePoint(Character.toLowerCase(character));
        }
      } else if (length > 0) {
        words.add(word.toString());
        word.setLength(0);
        length = 0;
      }
    }
    if (length > 0) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isOfWord(int character) {
    return Character.isLetterOrDigit(character)
        || switch (Character.getType(character)) {
          case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
          default -> false;
        };
  }
}
