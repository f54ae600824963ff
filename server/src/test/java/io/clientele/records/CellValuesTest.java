package io.clientele.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.testing.TestOrg;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Cells of CSV files as values of fields. */
class CellValuesTest {
  private static final TestOrg ORG = TestOrg.create();

  private static String read(String module, String name, String cell, String format) {
    Metadata metadata = ORG.metadata();
    Field field = metadata.get(module).field(name).orElseThrow();
    JsonNode value = new CellValues(metadata, ZoneId.of("Asia/Kolkata")).read(field, cell, format);
    return Json.MAPPER.writeValueAsString(value);
  }

  @Test
  void datesAndMomentsHaveTheFormatsThatTheMappingTells() {
    assertEquals("\"2026-01-31\"", read("Deals", "Closing_Date", "01/31/2026", ""));
    assertEquals("\"2026-01-31\"", read("Deals", "Closing_Date", "2026-01-31", ""));
    assertEquals("\"2026-01-31\"", read("Deals", "Closing_Date", "31.01.2026", "dd.MM.yyyy"));
    assertEquals("\"2026-01-31\"", read("Deals", "Closing_Date", "Jan 31, 2026", "MMM DD, YYYY"));
    assertEquals("\"99/99/2026\"", read("Deals", "Closing_Date", "99/99/2026", ""));
    assertEquals(
        "\"2026-01-31T10:20:30+05:30\"",
        read("Events", "Start_DateTime", "01/31/2026 10:20:30", ""));
    assertEquals(
        "\"2026-01-31T22:20:00+05:30\"",
        read("Events", "Start_DateTime", "31-01-2026 10:20 PM", "dd-MM-yyyy hh:mm a"));
    assertEquals(
        "\"2026-01-31T10:20:30+02:00\"",
        read("Events", "Start_DateTime", "2026-01-31T10:20:30+02:00", ""));
    assertEquals("\"soon\"", read("Events", "Start_DateTime", "soon", ""));
  }

  @Test
  void yearsHalvesOfDaysAndZonesAreNotGuessed() {
    assertEquals("\"1/31/26\"", read("Deals", "Closing_Date", "1/31/26", ""));
    assertEquals("\"1/31/26\"", read("Deals", "Closing_Date", "1/31/26", "M/d/yyyy"));
    assertEquals("\"2026-01-31\"", read("Deals", "Closing_Date", "1/31/26", "M/d/yy"));
    assertEquals(
        "\"01/31/0026 10:20:30\"", read("Events", "Start_DateTime", "01/31/0026 10:20:30", ""));
    assertFalse(CellValues.isMomentFormat("MM/dd/yyyy hh:mm"));
    assertFalse(CellValues.isMomentFormat("MM/dd/yyyy KK:mm 'a'"));
    assertTrue(CellValues.isMomentFormat("MM/dd/yyyy hh:mm a"));
    assertTrue(CellValues.isMomentFormat("MM/dd/yyyy HH 'h'"));
    for (String format :
        new String[] {"yyyy-MM-dd HH:mm VV", "yyyy-MM-dd HH:mm z", "yyyy-MM-dd HH:mm XXX"}) {
      String zone = format.endsWith("XXX") ? "+01:00" : "Europe/Berlin";
      assertEquals(
          "\"2026-01-31T14:50:00+05:30\"",
          read("Events", "Start_DateTime", "2026-01-31 10:20 " + zone, format));
    }
    assertEquals(
        "\"2026-01-31T04:30:00+05:30\"",
        read("Events", "Start_DateTime", "2026-01-31 +01:00", "yyyy-MM-dd XXX"));
  }

  @Test
  void numbersMayHaveGroupsAndSigns() {
    assertEquals("\"1234567.5\"", read("Deals", "Amount", "$1,234,567.5", ""));
    assertEquals("\"1234.56\"", read("Deals", "Amount", "1.234,56", "#.###,##"));
    assertEquals("\"1234567\"", read("Deals", "Amount", "1,234,567", "#,###,###"));
    String endless = "1" + ",000".repeat(10_000);
    assertEquals("\"" + endless + "\"", read("Deals", "Amount", endless, ""));
    assertEquals("\"many\"", read("Leads", "No_of_Employees", "many", ""));
  }

  @Test
  void wordsListsAndIds() {
    assertEquals("true", read("Leads", "Email_Opt_Out", "Yes", ""));
    assertEquals("false", read("Leads", "Email_Opt_Out", "0", ""));
    assertEquals("null", read("Leads", "Last_Name", "", ""));
    assertEquals("\" a;b \"", read("Leads", "Last_Name", " a;b ", ""));
    assertEquals("[\"a\",\"b\"]", read("Leads", "Tag", "a; b", ""));
    assertEquals("\"123456789\"", read("Contacts", "Account_Name", "zcrm_123456789", ""));
    String mail = ORG.metadata().primaryUser().email();
    assertEquals(
        "\"" + ORG.adminId() + "\"",
        read("Leads", "Owner", mail.toUpperCase(java.util.Locale.ROOT), ""));
    assertEquals("\"nobody@example.com\"", read("Leads", "Owner", "nobody@example.com", ""));
  }
}
