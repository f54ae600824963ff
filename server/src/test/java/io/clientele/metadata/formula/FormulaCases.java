package io.clientele.metadata.formula;

import java.util.List;
import java.util.stream.Stream;

/** Formulas and what they are worth; many are the examples of the page that teaches them. */
final class FormulaCases {
  static final List<Case> ALL =
      Stream.of(numbers(), sums(), texts(), dates(), conditions(), fields())
          .flatMap(List::stream)
          .toList();

  private FormulaCases() {}

  /**
   * @param full its value as JSON for the lead with values
   * @param empty the same for the lead without
   */
  record Case(String formula, String returns, String full, String empty) {
    @Override
    public String toString() {
      return formula;
    }
  }

  private static Case of(String formula, String returns, String value) {
    return new Case(formula, returns, value, value);
  }

  private static Case number(String formula, String value) {
    return of(formula, "double", value);
  }

  private static Case text(String formula, String value) {
    return of(formula, "text", "\"" + value + "\"");
  }

  private static Case bool(String formula, String value) {
    return of(formula, "boolean", value);
  }

  private static List<Case> numbers() {
    return List.of(
        number("Abs(-42)", "42"),
        number("Abs(+33)", "33"),
        number("Ceil(3.4)", "4"),
        number("Ceil(-3.4)", "-3"),
        number("Floor(3.8)", "3"),
        number("Floor(-3.4)", "-4"),
        number("Naturallog(1)", "0"),
        number("Naturallog(2)", "0.69"),
        number("Naturallog(0)", "null"),
        number("Naturallog(-1)", "null"),
        number("Base10log(10)", "1"),
        number("Base10log(0 - 5)", "null"),
        number("Max(3,1,5,2)", "5"),
        number("Max(0,-4,-3,2)", "2"),
        number("Min(5,-3,0,1)", "-3"),
        number("Min(5,0,.01,0.5)", "0"),
        number("Sqrt(4)", "2"),
        number("Sqrt(9)", "3"),
        number("Sqrt(0)", "0"),
        number("Sqrt(-4)", "null"),
        number("5 / 2", "2.5"),
        number("1 / 0", "null"),
        number("10 / 3", "3.33"),
        number("7 % 3", "1"),
        number("7 % 0", "null"),
        number("-7 % 3", "-1"),
        number("2 ^ 10", "1024"),
        number("2 ^ 3 ^ 2", "512"),
        number("-2 ^ 2", "-4"),
        number("2 ^ -1", "0.5"),
        number("0 ^ 0", "1"),
        number("0 ^ -1", "null"),
        number("(-8) ^ 0.5", "null"),
        number("(-2) ^ 3", "-8"),
        number("10 ^ 70", "null"),
        number("10 ^ 1000000000", "null"),
        number("10 ^ 50 * 10 ^ 50", "null"),
        number("1 + 2 * 3 - 4 / 2", "5"),
        number("(1 + 2) * 3", "9"),
        number("0.1 + 0.2", "0.3"),
        number("10 - 2 - 3 + 1", "6"),
        number("1.5 ^ 2", "2.25"),
        number("2.345", "2.35"),
        number("0 - 2.345", "-2.35"),
        of("2.5", "integer", "3"),
        of("10 ^ 12", "integer", "null"),
        of("10 ^ 12", "bigint", "\"1000000000000\""),
        of("1 / 8", "percent", "0.13"));
  }

  private static List<Case> sums() {
    return List.of(
        new Case("${Leads.Annual Revenue} * 2", "currency", "2469", "null"),
        new Case("${Annual Revenue} / ${No. of Employees}", "currency", "30.86", "null"),
        new Case("${annual_revenue} + 1", "currency", "1235.5", "1"),
        new Case("${Annual_Revenue} - ${Leads.No. of Employees}", "double", "1194.5", "null"),
        new Case("${Annual_Revenue} + ${No_of_Employees}", "double", "1274.5", "null"),
        new Case("1 - ${Annual_Revenue}", "double", "-1233.5", "1"),
        new Case("${Annual_Revenue} * 2 + 3", "double", "2472", "3"),
        new Case("Annual_Revenue + 0", "double", "1234.5", "0"),
        new Case("-${Annual_Revenue}", "double", "-1234.5", "null"),
        new Case("Max(${Annual_Revenue}, 10)", "double", "1234.5", "10"),
        new Case("Abs(${Annual_Revenue})", "double", "1234.5", "null"),
        new Case("Sqrt(${Annual_Revenue} - 9.5)", "double", "35", "null"),
        new Case(
            "${No_of_Employees} * 100000000 * 100000000", "double", "400000000000000000", "null"),
        new Case("null", "double", "null", "null"));
  }

  private static List<Case> texts() {
    return List.of(
        number("Len('abc')", "3"),
        number("Len(' abc ')", "5"),
        number("Len('')", "0"),
        new Case("Len(${Email})", "integer", "13", "0"),
        new Case("Sqrt(Len(${Email}) + 3)", "double", "4", "1.73"),
        number("Find('greenery','n',1)", "5"),
        number("Find('greenery','e',3)", "6"),
        number("Find('greenery','e',9)", "0"),
        number("Find('greenery','z',1)", "0"),
        number("Find('greenery','n',1 + 0)", "5"),
        number("Find('greenery','e',0)", "0"),
        number("Find('a.b.c','.',2)", "4"),
        number("Find('abc','',1)", "0"),
        new Case("Find(${Email},'@',1)", "integer", "2", "0"),
        text("Concat('FirstName',' ','LastName')", "FirstName LastName"),
        new Case(
            "Concat(${First Name},' ',${Last Name})", "text", "\"Patricia Boyle\"", "\" Empty\""),
        text("'a' + 'b' + 1", "ab1"),
        bool("Contains('abcdef','cd')", "true"),
        bool("Contains('abcdef','CD')", "false"),
        bool("Startswith('abcdef','cd')", "false"),
        bool("Startswith('abcdef','abc')", "true"),
        bool("Endswith('abcdef','ab')", "false"),
        bool("Endswith('abcdef','ef')", "true"),
        text("Lower('APPLES')", "apples"),
        text("Upper('APPles')", "APPLES"),
        text("Trim(' abcd ')", "abcd"),
        text("Substring('abcdefg',4,7)", "defg"),
        text("Substring('abcdefg',1,3)", "abc"),
        text("Substring('abcdefg',-3,2)", "ab"),
        text("Substring('abcdefg',6,99999999999)", "fg"),
        of("Substring('abcdefg',5,2)", "text", "null"),
        new Case(
            "Substring(${Email}, Find(${Email},'@',1) + 1, Len(${Email}))",
            "text",
            "\"example.com\"",
            "null"),
        text("Tostring(3.40)", "3.4"),
        text("Tostring(true)", "true"),
        of("Tostring('')", "text", "null"),
        text("Replace('abca','a','x')", "xbcx"),
        text("Replace('abca','','x')", "abca"),
        text("'O''Brien \\ ? %s'", "O'Brien \\\\ ? %s"),
        text("'\\'' ?'", "\\\\' ?"),
        new Case("Upper(${Lead_Source})", "text", "\"COLD CALL\"", "null"),
        new Case("${Annual_Revenue}", "text", "\"1234.5\"", "null"),
        new Case("${Colours}", "text", "\"Red;Blue\"", "null"));
  }

  private static List<Case> dates() {
    String date = "Newdate(2007,12,21,06,30,'AM')";
    String late = "Newdate(2009,05,19,11,30,'AM')";
    return List.of(
        of(date, "datetime", "\"2007-12-21T06:30:00+05:30\""),
        of("Newdate(2007,12,21,12,0,'AM')", "datetime", "\"2007-12-21T00:00:00+05:30\""),
        of("Newdate(2007,12,21,12,0,'PM')", "datetime", "\"2007-12-21T12:00:00+05:30\""),
        of("Newdate(2007,12,21,6,30,'PM')", "datetime", "\"2007-12-21T18:30:00+05:30\""),
        of("Newdate(2007,2,29,6,30,'PM')", "datetime", "null"),
        of("Newdate(2008,2,29,6,30,'PM')", "datetime", "\"2008-02-29T18:30:00+05:30\""),
        of("Newdate(2007,13,1,6,30,'PM')", "datetime", "null"),
        of("Newdate(99999999999,1,1,6,30,'PM')", "datetime", "null"),
        new Case(
            "Newdate(${No_of_Employees} + 2000,1,1,0,0,'AM')",
            "date",
            "\"2040-01-01\"",
            "\"2000-01-01\""),
        of("Datepart(" + date + ")", "date", "\"2007-12-21\""),
        text("Timepart(" + date + ")", "06:30 AM"),
        of("Adddate(" + date + ",2,'YEAR')", "datetime", "\"2009-12-21T06:30:00+05:30\""),
        of("Subdate(" + date + ",2,'YEAR')", "datetime", "\"2005-12-21T06:30:00+05:30\""),
        of("Adddate(" + date + ",3,'month')", "date", "\"2008-03-21\""),
        of("Adddate(" + date + ",-30,'DAY')", "date", "\"2007-11-21\""),
        of("Adddate(" + date + ",90,'MIN')", "datetime", "\"2007-12-21T08:00:00+05:30\""),
        of("Subdate(" + date + ",7,'HOUR')", "datetime", "\"2007-12-20T23:30:00+05:30\""),
        of("Adddate(" + date + ",999999999999,'YEAR')", "date", "null"),
        of("Subdate(" + date + ",3000,'YEAR')", "date", "null"),
        new Case("Adddate(${Start}, 1, 'MONTH')", "date", "\"2024-02-29\"", "null"),
        new Case(
            "Adddate(${Start}, 90, 'MIN')", "datetime", "\"2024-01-31T01:30:00+05:30\"", "null"),
        new Case("${Start}", "datetime", "\"2024-01-31T00:00:00+05:30\"", "null"),
        new Case("${Call At}", "date", "\"2024-01-02\"", "null"),
        number("Datecomp(" + late + ", Newdate(2009,05,19,12,30,'AM'))", "660"),
        number("Datecomp(Newdate(2009,5,19,0,0,'AM'), Newdate(2009,5,21,0,0,'AM')) / 1440", "-2"),
        new Case("Datecomp(${Call_At}, ${Start})", "double", "-41640", "null"),
        new Case(
            "Datecomp(${Start}, Datepart(Newdate(2024,1,30,0,0,'AM')))", "double", "1440", "null"),
        number("Dayofmonth(" + late + ")", "19"),
        number("Hour(" + late + ")", "11"),
        number("Minute(" + late + ")", "30"),
        number("Month(" + late + ")", "5"),
        number("Year(" + late + ")", "2009"),
        number("Weekday(" + late + ")", "3"),
        new Case("Hour(${Call_At})", "double", "2", "null"),
        new Case("Weekday(${Start})", "double", "4", "null"),
        text("Tostring(" + late + ")", "2009-05-19 11:30:00"),
        new Case("Tostring(${Start})", "text", "\"2024-01-31\"", "null"),
        bool("Datecomp(Now(), " + date + ") > 0", "true"),
        bool("Year(Now()) >= 2025 && Datecomp(Now(), ${Created Time}) <= 60", "true"));
  }

  private static List<Case> conditions() {
    return List.of(
        text("If(1 > 2, 'yes', 'no')", "no"),
        new Case("If(${Annual_Revenue} > 1000, 'big', 'small')", "text", "\"big\"", "\"small\""),
        new Case("If(${Annual_Revenue} > 1000, ${Annual_Revenue}, '')", "double", "1234.5", "null"),
        new Case(
            "If(Len(${Email}) == 0, 'none', ${Email})", "text", "\"p@example.com\"", "\"none\""),
        new Case("${Annual_Revenue} == ''", "boolean", "false", "true"),
        new Case("${Email} = null", "boolean", "false", "true"),
        new Case("${Email} <> ''", "boolean", "true", "false"),
        new Case("${Annual_Revenue} == 0", "boolean", "false", "false"),
        new Case("${Annual_Revenue} != 1234.50", "boolean", "false", "true"),
        new Case("${Annual_Revenue} <= 1234.5", "boolean", "true", "false"),
        new Case("${Start} < ${Call_At}", "boolean", "false", "false"),
        new Case("${Email_Opt_Out}", "boolean", "true", "false"),
        new Case("If(${Email Opt Out} == true, 1, 0)", "integer", "1", "0"),
        new Case(
            "And(${Email_Opt_Out}, ${Lead_Source} == 'Cold Call')", "boolean", "true", "false"),
        bool("Or(1 > 2, 2 > 3, 3 > 2)", "true"),
        bool("Not(1 > 2)", "true"),
        bool("!(1 > 2) && 2 >= 2 || false", "true"),
        bool("'b' > 'a'", "true"),
        number("If(1 = 1, 1 / 0, 2)", "null"),
        new Case("If(${Email_Opt_Out}, ${Start}, ${Call_At})", "date", "\"2024-01-31\"", "null"));
  }

  private static List<Case> fields() {
    return List.of(
        new Case("${Leads.Lead Owner}", "text", "\"Patricia Boyle\"", "\"Patricia Boyle\""),
        new Case("${Leads.First Name}", "text", "\"Patricia\"", "null"),
        new Case("${lead.first name}", "text", "\"Patricia\"", "null"),
        new Case("${Full_Name}", "text", "\"Patricia Boyle\"", "\"Empty\""),
        new Case("${Base} * 2", "double", "2470", "1"),
        new Case("${Gone} + 1", "double", "null", "null"));
  }
}
