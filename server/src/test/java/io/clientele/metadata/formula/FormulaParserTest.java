package io.clientele.metadata.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Value.Type;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formulas as text and as trees. */
class FormulaParserTest {
  private static final int TREES = 2_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 + 2 * 3               | (1 + (2 * 3))
          1 - 2 - 3               | ((1 - 2) - 3)
          2 ^ 3 ^ 2               | (2 ^ (3 ^ 2))
          -2 ^ 2                  | (-(2 ^ 2))
          2 ^ -1 + 3              | ((2 ^ (-1)) + 3)
          -a * b                  | ((-${a}) * ${b})
          a = 1 && b <> 2 OR      | unexpected OR
          !a == b OR              | unexpected OR
          1 + 2 > 3 = true        | (((1 + 2) > 3) == true)
          if(TRUE,Null,+.50)      | If(true, null, 0.50)
          ${ Leads.No. of E } / 2 | (${Leads.No. of E} / 2)
          sum(Items.Net_Total)    | Sum(${Items.Net_Total})
          """)
  void textBecomesTheTree(String text, String printed) {
    if (printed.startsWith("unexpected")) {
      assertThat(mistake(text)).hasMessage(printed);
    } else {
      assertThat(FormulaPrinter.print(FormulaParser.parse(text).root())).isEqualTo(printed);
    }
  }

  @Test
  void notBindsStrongest() {
    assertThat(FormulaPrinter.print(FormulaParser.parse("!a == b || c && !d").root()))
        .isEqualTo("(((!${a}) == ${b}) || (${c} && (!${d})))");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          1 +              | 3  | SYNTAX_ERROR              | unexpected end
          1 + * 2          | 4  | SYNTAX_ERROR              | unexpected *
          (1 + 2           | 6  | MISSING_BRACES            | missing )
          1 + 2)           | 5  | MISSING_BRACES            | unexpected )
          Abs(1            | 5  | MISSING_BRACES            | missing )
          Abs(1 2)         | 6  | SYNTAX_ERROR              | unexpected 2
          1 + Abs()        | 4  | INCORRECT_NUMBER_OF_PARAM | Abs takes 1 arguments
          If(1 > 2, 3)     | 0  | INCORRECT_NUMBER_OF_PARAM | If takes 3 arguments
          2 * Nope(1)      | 4  | SYNTAX_ERROR              | no function Nope
          1 + 'abc         | 4  | SYNTAX_ERROR              | text without closing quote
          1 + ${Amount     | 4  | MISSING_BRACES            | field without closing brace
          1 + ${ }         | 4  | SYNTAX_ERROR              | no field between the braces
          1 # 2            | 2  | SYNTAX_ERROR              | unexpected #
          1 & 2            | 2  | SYNTAX_ERROR              | unexpected &
          1; drop table x  | 1  | SYNTAX_ERROR              | unexpected ;
          1 2              | 2  | SYNTAX_ERROR              | unexpected 2
          1 + 1e9          | 5  | SYNTAX_ERROR              | unexpected e9
          , 1              | 0  | SYNTAX_ERROR              | unexpected ,
          """)
  void mistakeHasItsPlace(String text, int position, Problem problem, String message) {
    FormulaException mistake = mistake(text);
    assertThat(mistake).hasMessage(message);
    assertThat(mistake.problem()).isEqualTo(problem);
    assertThat(mistake.position()).isEqualTo(position);
  }

  @Test
  void emptyLongAndDeepFormulasAreRefused() {
    assertThat(mistake("").problem()).isEqualTo(Problem.SYNTAX_ERROR);
    assertThat(mistake("1+".repeat(3_000) + "1").problem())
        .isEqualTo(Problem.DYNAMIC_EXPRESSION_LENGTH_EXCEEDED);
    assertThat(mistake("(".repeat(2_000) + "1").getMessage()).isEqualTo("nested too deeply");
    assertThat(mistake("-".repeat(2_000) + "1").getMessage()).isEqualTo("nested too deeply");
    assertThat(mistake("1" + "2".repeat(40)).getMessage()).isEqualTo("number too long");
  }

  @Test
  void whatIsPrintedReadsBackToTheSameTree() {
    var formulas = new RandomFormulas(7);
    for (int i = 0; i < TREES; i++) {
      Expression tree = formulas.next(formulas.pick(List.of(Type.values())), 4);
      String text = FormulaPrinter.print(tree);
      if (text.length() <= 5_000) {
        assertThat(FormulaParser.parse(text).root()).as(text).isEqualTo(tree);
      }
    }
  }

  /** Words in any order are a formula or a mistake, nothing else. */
  @Test
  void anyTextIsReadOrRefused() {
    String[] words = {
      "1", ".5", "a", "If", "(", ")", ",", "+", "^", "!", "'x'", "\"", "${f}", "${", "&&", "="
    };
    var random = new Random(11);
    int read = 0;
    for (int i = 0; i < TREES * 10; i++) {
      var text = new StringBuilder();
      for (int word = random.nextInt(8); word >= 0; word--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      try {
        FormulaParser.parse(text.toString());
        read++;
      } catch (FormulaException e) {
        assertThat(e.position()).as(text.toString()).isBetween(0, text.length());
      }
    }
    assertThat(read).isPositive();
  }

  private static FormulaException mistake(String text) {
    FormulaException mistake =
        catchThrowableOfType(FormulaException.class, () -> FormulaParser.parse(text));
    assertThat(mistake).as(text).isNotNull();
    return mistake;
  }
}
