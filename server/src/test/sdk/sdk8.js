// The client of version 8, as published, goes through what an integration does.
import assert from "node:assert/strict";
import * as sdk from "@zohocrm/nodejs-sdk-8.0";
import { body, checkError, params, read, savedIds, start, storedTokens } from "./client.js";

const { BASE_URL } = process.env;
const { RecordOperations, GetRecordsParam, DeleteRecordsParam } = sdk.Record;
const ROWS = 2150;

async function step(name, work) {
  const before = Date.now();
  const result = await work();
  console.log(`${name}: ${Date.now() - before} ms`);
  return result;
}

async function currentUser() {
  const response = await new sdk.Users.UsersOperations().getUsers(
    await params([[sdk.Users.GetUsersParam.TYPE, "CurrentUser"]]),
  );
  const [user] = read(response, 200, sdk.Users.ResponseWrapper).getUsers();
  assert.equal(typeof user.getId(), "bigint");
  assert.equal(user.getFirstName(), "Patricia");
  assert.equal(user.getTimeZone().name, "Asia/Kolkata");
  assert.equal(user.getProfile().getName(), "Administrator");
  return user;
}

function token() {
  const [stored] = storedTokens();
  assert.match(stored.access_token, /^1000\.[0-9a-f]{32}\.[0-9a-f]{32}$/);
  assert.equal(stored.api_domain, BASE_URL);
  return stored;
}

async function organization(user) {
  const response = await new sdk.Org.OrgOperations().getOrganization();
  const [org] = read(response, 200, sdk.Org.ResponseWrapper).getOrg();
  assert.match(org.getId(), /^\d+$/);
  assert.equal(org.getPrimaryEmail(), user.getEmail());
  // The client names what it stores by the user and the org.
  assert.equal(token().user_name, `${user.getEmail()}:${org.getZgid()}`);
}

async function modules() {
  const response = await new sdk.Modules.ModulesOperations().getModules();
  const found = read(response, 200, sdk.Modules.ResponseWrapper).getModules();
  const leads = found.find((module) => module.getAPIName() === "Leads");
  assert.equal(leads.getSingularLabel(), "Lead");
  assert.equal(leads.getGeneratedType().getValue(), "default");
  assert.equal(leads.getAPISupported(), true);
}

async function fields() {
  const response = await new sdk.Fields.FieldsOperations().getFields(
    await params([[sdk.Fields.GetFieldsParam.MODULE, "Leads"]]),
  );
  const found = read(response, 200, sdk.Fields.ResponseWrapper).getFields();
  const named = (name) => found.find((field) => field.getAPIName() === name);
  assert.equal(named("Last_Name").getSystemMandatory(), true);
  assert.equal(named("Annual_Revenue").getDataType(), "currency");
  const values = named("Lead_Source").getPickListValues();
  assert(values.some((value) => value.getDisplayValue() === "Cold Call"));
}

const lead = (number) => ({
  Last_Name: "Lead " + number,
  Company: "Acme",
  Annual_Revenue: 1000.5,
  No_of_Employees: number,
  Lead_Source: new sdk.Choice("Cold Call"),
  Email_Opt_Out: true,
});

async function create(leads) {
  const ids = [];
  for (const count of [100, 100, 50]) {
    const rows = Array.from({ length: count }, (_, index) => lead(ids.length + index + 1));
    ids.push(...savedIds(await leads.createRecords(body(...rows)), 201, "record added"));
  }
  assert.equal(new Set(ids).size, 250);
  return ids;
}

/** More than the client's first calls made, without its slowness. */
async function createMore(count) {
  const authorization = "Zoho-oauthtoken " + token().access_token;
  for (let made = 0; made < count; made += 100) {
    const data = Array.from({ length: 100 }, (_, index) => ({ Last_Name: `More ${made + index}` }));
    const response = await fetch(BASE_URL + "/crm/v8/Leads", {
      method: "POST",
      headers: { authorization },
      body: JSON.stringify({ data }),
    });
    assert.equal(response.status, 201, await response.text());
  }
}

async function pageThrough(leads) {
  const ids = new Set();
  let next = [GetRecordsParam.PAGE, 1];
  for (let page = 1; next; page++) {
    const pairs = [[GetRecordsParam.FIELDS, "Last_Name"], [GetRecordsParam.PER_PAGE, 200], next];
    const list = read(await leads.getRecords(await params(pairs)), 200, sdk.Record.ResponseWrapper);
    list.getData().forEach((row) => ids.add(row.getId()));
    const info = list.getInfo();
    assert.equal(info.getPerPage(), 200);
    assert.equal(info.getCount(), Math.min(200, ROWS - 200 * (page - 1)));
    assert.equal(info.getPage(), page);
    assert.equal(info.getMoreRecords(), 200 * page < ROWS);
    if (!info.getMoreRecords()) {
      next = null;
    } else if (page < 10) {
      next = [GetRecordsParam.PAGE, page + 1];
    } else {
      assert(info.getPageTokenExpiry() instanceof Date);
      next = [GetRecordsParam.PAGE_TOKEN, info.getNextPageToken()];
    }
  }
  assert.equal(ids.size, ROWS);
}

async function updateAndGet(leads, id, user) {
  const changes = { Last_Name: "O'Neill & Söhne", Annual_Revenue: 2000.25 };
  assert.deepEqual(
    savedIds(await leads.updateRecord(id, body(changes)), 200, "record updated"),
    [id],
  );
  const [row] = read(await leads.getRecord(id), 200, sdk.Record.ResponseWrapper).getData();
  assert.equal(row.getId(), id);
  assert.equal(row.getKeyValue("Last_Name"), "O'Neill & Söhne");
  assert.equal(row.getKeyValue("Full_Name"), "O'Neill & Söhne");
  assert.equal(row.getKeyValue("Company"), "Acme");
  assert.equal(row.getKeyValue("Annual_Revenue"), 2000.25);
  assert.equal(row.getKeyValue("No_of_Employees"), 1);
  assert.equal(row.getKeyValue("Email_Opt_Out"), true);
  assert.equal(row.getKeyValue("Email"), null);
  assert(row.getKeyValue("Lead_Source") instanceof sdk.Choice);
  assert.equal(row.getKeyValue("Lead_Source").getValue(), "Cold Call");
  assert(row.getCreatedTime() instanceof Date);
  assert(row.getModifiedTime() >= row.getCreatedTime());
  for (const person of [row.getCreatedBy(), row.getModifiedBy(), row.getKeyValue("Owner")]) {
    assert(person instanceof sdk.Users.MinifiedUser);
    assert.equal(person.getId(), user.getId());
    assert.equal(person.getName(), user.getFullName());
  }
}

async function remove(leads, ids) {
  const [single, ...several] = ids;
  assert.deepEqual(savedIds(await leads.deleteRecord(single), 200, "record deleted"), [single]);
  const wanted = await params([[DeleteRecordsParam.IDS, several.join(",")]]);
  assert.deepEqual(
    savedIds(await leads.deleteRecords(wanted), 200, "record deleted"),
    several,
  );
  const pairs = [
    [GetRecordsParam.FIELDS, "Last_Name"],
    [GetRecordsParam.IDS, ids.join(",")],
  ];
  const gone = await leads.getRecords(await params(pairs));
  assert.equal(gone.getStatusCode(), 204);
  assert.equal(gone.getObject(), null);
}

async function lookup() {
  const accounts = new RecordOperations("Accounts");
  const contacts = new RecordOperations("Contacts");
  const [account] = savedIds(
    await accounts.createRecords(body({ Account_Name: "Acme" })),
    201,
    "record added",
  );
  const reference = new sdk.Record.Record();
  reference.setId(account);
  const [contact] = savedIds(
    await contacts.createRecords(body({ Last_Name: "Smith", Account_Name: reference })),
    201,
    "record added",
  );
  const [row] = read(await contacts.getRecord(contact), 200, sdk.Record.ResponseWrapper).getData();
  const found = row.getKeyValue("Account_Name");
  assert(found instanceof sdk.Record.Record);
  assert.equal(found.getId(), account);
  assert.equal(found.getName() ?? found.getKeyValue("Account_Name"), "Acme");
}

async function mistakes(leads) {
  const { APIException, ActionWrapper, SuccessResponse } = sdk.Record;
  const unknown = await leads.updateRecord(1n, body({ Company: "Acme" }));
  checkError(
    read(unknown, 400, APIException),
    "INVALID_DATA",
    "the id given seems to be invalid",
    { resource_path_index: 1 },
  );
  const rows = body({ Last_Name: "Good" }, { Last_Name: "Bad", Email: "no address" });
  const mixed = read(await leads.createRecords(rows), 207, ActionWrapper).getData();
  assert(mixed[0] instanceof SuccessResponse);
  checkError(mixed[1], "INVALID_DATA", "invalid data", {
    expected_data_type: "email",
    api_name: "Email",
    json_path: "$.data[1].Email",
  });
  checkError(
    read(await leads.getRecords(), 400, APIException),
    "REQUIRED_PARAM_MISSING",
    "One of the expected parameter is missing",
    { param_name: "fields" },
  );
}

await start();
const leads = new RecordOperations("Leads");
const user = await step("current user", currentUser);
await step("org", () => organization(user));
await step("modules", modules);
await step("fields", fields);
const ids = await step("250 leads", () => create(leads));
await step("1,900 more", () => createMore(ROWS - ids.length));
await step("paging", () => pageThrough(leads));
await step("update and get", () => updateAndGet(leads, ids[0], user));
await step("delete", () => remove(leads, ids.slice(1, 5)));
await step("lookup", lookup);
await step("mistakes", () => mistakes(leads));
console.log("done");
