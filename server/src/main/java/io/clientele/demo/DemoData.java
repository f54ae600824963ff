package io.clientele.demo;

import io.clientele.db.Database;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Setting;
import io.clientele.metadata.Settings;
import io.clientele.records.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills an org with a believable company, once: accounts, contacts, leads, deals, activities and
 * notes, owned by the org's users. The same seed gives the same company; only its dates follow the
 * clock.
 */
public final class DemoData {
  private static final long SEED = 20260101;
  private static final int ACCOUNTS = 300;
  private static final int CONTACTS = 600;
  private static final int LEADS = 1_000;
  private static final int DEALS = 500;
  private static final int ACTIVITIES = 400;
  private static final int BATCH = 100;
  private static final String NOUN = "demo";

  private final Database database;
  private final MetadataCache cache;
  private final Records records;
  private final Clock clock;
  private final long orgId;
  private final Consumer<String> progress;
  private final Words words = new Words(SEED);

  public DemoData(
      Database database,
      MetadataCache cache,
      Records records,
      Clock clock,
      long orgId,
      Consumer<String> progress) {
    this.database = database;
    this.cache = cache;
    this.records = records;
    this.clock = clock;
    this.orgId = orgId;
    this.progress = progress;
  }

  /** Whether the org was filled by an earlier start. */
  public boolean isFilled() {
    return !cache.of(orgId).settings(NOUN).isEmpty();
  }

  /** Adds the company. */
  public void fill() {
    List<Long> accounts = create("Accounts", ACCOUNTS, this::account);
    List<Long> contacts = create("Contacts", CONTACTS, i -> contact(i, accounts));
    create("Leads", LEADS, i -> lead());
    List<Long> deals = create("Deals", DEALS, i -> deal(accounts, contacts));
    create("Tasks", ACTIVITIES, i -> task(deals));
    create("Events", ACTIVITIES / 2, i -> event(accounts));
    create("Calls", ACTIVITIES / 2, i -> call(accounts));
    create("Notes", ACTIVITIES, i -> note(accounts));
    database.change(
        tx -> {
          var org = cache.of(orgId).org();
          long id = Settings.nextIds(tx, org, 1).getFirst();
          Setting done =
              Settings.of(
                  id, NOUN, null, "filled", 0, Json.MAPPER.createObjectNode().put("seed", SEED));
          Settings.insert(tx, org, List.of(done));
          Settings.changed(tx, org);
        });
    cache.changed(orgId);
  }

  private List<Long> create(String moduleName, int count, IntFunction<ObjectNode> row) {
    progress.accept("Sample company: " + count + " " + moduleName + " …");
    List<Long> ids = new ArrayList<>();
    for (int first = 0; first < count; first += BATCH) {
      ArrayNode data = Json.MAPPER.createArrayNode();
      for (int i = first; i < Math.min(count, first + BATCH); i++) {
        data.add(row.apply(i));
      }
      Metadata metadata = cache.of(orgId);
      long author = metadata.userNames().iterator().next().id();
      records
          .create(metadata, metadata.get(moduleName), author, data)
          .forEach(outcome -> ids.add(outcome.requireId()));
    }
    return ids;
  }

  private ObjectNode row() {
    ObjectNode row = Json.MAPPER.createObjectNode();
    row.putObject("Owner").put("id", words.pick(List.copyOf(cache.of(orgId).userNames())).id());
    return row;
  }

  private ObjectNode account(int number) {
    String name = words.company(number);
    ObjectNode row = row().put("Account_Name", name).put("Phone", words.phone());
    row.put("Website", "https://www." + Words.domain(name)).put("Industry", words.industry());
    row.put("Employees", words.number(5, 5_000))
        .put("Annual_Revenue", words.number(1, 900) * 10_000);
    row.put("Billing_City", words.city()).put("Billing_Country", "United States");
    return tagged(row, "key account", 10);
  }

  private ObjectNode contact(int number, List<Long> accounts) {
    String last = words.lastName();
    ObjectNode row = row().put("First_Name", words.firstName()).put("Last_Name", last);
    row.put("Email", Words.domain(last).replace(".example", "") + number + "@mail.example");
    row.put("Phone", words.phone()).put("Title", words.title()).put("Mailing_City", words.city());
    row.putObject("Account_Name").put("id", accounts.get(number % accounts.size()));
    return row;
  }

  private ObjectNode lead() {
    String company = words.company(words.number(0, 5_000));
    ObjectNode row = row().put("First_Name", words.firstName()).put("Last_Name", words.lastName());
    row.put("Company", company).put("Email", "info@" + Words.domain(company));
    row.put("Phone", words.phone()).put("Designation", words.title()).put("City", words.city());
    row.put("Lead_Source", words.leadSource()).put("Lead_Status", words.leadStatus());
    row.put("Industry", words.industry()).put("Annual_Revenue", words.number(1, 500) * 10_000);
    return tagged(row, "trade fair", 8);
  }

  private ObjectNode deal(List<Long> accounts, List<Long> contacts) {
    int which = words.number(0, contacts.size());
    ObjectNode row = row().put("Deal_Name", words.deal()).put("Stage", words.stage());
    row.put("Amount", words.number(1, 400) * 500);
    row.put("Closing_Date", today().plusDays(words.number(-120, 120)).toString());
    row.put("Lead_Source", words.leadSource());
    row.putObject("Account_Name").put("id", accounts.get(which % accounts.size()));
    row.putObject("Contact_Name").put("id", contacts.get(which));
    return row;
  }

  private ObjectNode task(List<Long> deals) {
    ObjectNode row = row().put("Subject", words.task());
    row.put("Due_Date", today().plusDays(words.number(-30, 30)).toString());
    row.put("Status", words.taskStatus()).put("$se_module", "Deals");
    row.putObject("What_Id").put("id", words.pick(deals));
    return row;
  }

  private ObjectNode event(List<Long> accounts) {
    Instant start = now().plus(words.number(-700, 700), ChronoUnit.HOURS);
    ObjectNode row = row().put("Event_Title", words.meeting()).put("Venue", words.city());
    row.put("Start_DateTime", start.toString());
    row.put("End_DateTime", start.plus(1, ChronoUnit.HOURS).toString())
        .put("$se_module", "Accounts");
    row.putObject("What_Id").put("id", words.pick(accounts));
    return row;
  }

  private ObjectNode call(List<Long> accounts) {
    ObjectNode row = row().put("Subject", words.task()).put("Call_Type", "Outbound");
    row.put("Call_Start_Time", now().minus(words.number(1, 700), ChronoUnit.HOURS).toString());
    row.put("Call_Duration", "00:%02d".formatted(words.number(1, 59)))
        .put("$se_module", "Accounts");
    row.putObject("What_Id").put("id", words.pick(accounts));
    return row;
  }

  private ObjectNode note(List<Long> accounts) {
    ObjectNode row = row().put("Note_Title", words.task()).put("Note_Content", words.note());
    row.put("$se_module", "Accounts");
    row.putObject("Parent_Id").put("id", words.pick(accounts));
    return row;
  }

  /** One row in {@code every} carries the tag. */
  private ObjectNode tagged(ObjectNode row, String tag, int every) {
    if (words.number(0, every) == 0) {
      row.putArray("Tag").addObject().put("name", tag);
    }
    return row;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS);
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(ZoneOffset.UTC));
  }
}
