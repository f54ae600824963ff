// The official Node SDK of version 8 of the API, as published, does a client's daily work.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as SDK from "@zohocrm/nodejs-sdk-8.0";

const { BASE_URL, CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN } = process.env;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "clientele-sdk8-")) + path.sep;
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));

await (await new SDK.InitializeBuilder())
  .environment(SDK.DataCenter.setEnvironment(BASE_URL, BASE_URL + "/oauth/v2/token", BASE_URL))
  .token(
    new SDK.OAuthBuilder()
      .clientId(CLIENT_ID)
      .clientSecret(CLIENT_SECRET)
      .refreshToken(REFRESH_TOKEN)
      .build(),
  )
  .store(new SDK.FileStore(folder + "tokens.csv"))
  .resourcePath(folder)
  .logger(new SDK.LogBuilder().level(SDK.Levels.ERROR).filePath(folder + "log.txt").build())
  .initialize();

const step = (text) => console.log(text);

async function parameters(values) {
  const map = new SDK.ParameterMap();
  for (const [parameter, value] of values) {
    await map.add(parameter, value);
  }
  return map;
}

function record(values) {
  const row = new SDK.Record.Record();
  for (const [name, value] of Object.entries(values)) {
    row.addKeyValue(name, value);
  }
  return row;
}

async function create(operations, rows) {
  const body = new SDK.Record.BodyWrapper();
  body.setData(rows.map(record));
  const response = await operations.createRecords(body, new SDK.HeaderMap());
  assert.equal(response.getStatusCode(), 201);
  assert(response.getObject() instanceof SDK.Record.ActionWrapper);
  return response.getObject().getData().map((row) => {
    assert(row instanceof SDK.Record.SuccessResponse);
    return BigInt(row.getDetails().get("id"));
  });
}

step("current user");
const userParameters = await parameters([[SDK.Users.GetUsersParam.TYPE, "CurrentUser"]]);
const users = await new SDK.Users.UsersOperations().getUsers(userParameters, new SDK.HeaderMap());
const user = users.getObject().getUsers()[0];
assert.equal(user.getLastName(), "Boyle");
assert.equal(user.getProfile().getName(), "Administrator");

step("org");
const org = (await new SDK.Org.OrgOperations().getOrganization()).getObject().getOrg()[0];
assert.match(org.getZgid(), /^\d+$/);

step("modules");
const modules = (await new SDK.Modules.ModulesOperations().getModules()).getObject().getModules();
const names = modules.map((module) => module.getAPIName());
for (const name of ["Leads", "Contacts", "Accounts", "Deals", "Quotes", "Services__s"]) {
  assert(names.includes(name), name);
}

step("fields");
const fieldParameters = await parameters([[SDK.Fields.GetFieldsParam.MODULE, "Leads"]]);
const fields = (await new SDK.Fields.FieldsOperations().getFields(fieldParameters)).getObject().getFields();
const lastName = fields.find((field) => field.getAPIName() === "Last_Name");
assert.equal(lastName.getDataType(), "text");
assert.equal(lastName.getSystemMandatory(), true);

step("250 leads in three calls");
const leads = new SDK.Record.RecordOperations("Leads");
const lead = (number) => ({
  Last_Name: "Lead " + number,
  First_Name: "Node",
  Company: "Acme",
  Email: `lead${number}@example.com`,
  Annual_Revenue: 1000.5,
  No_of_Employees: number,
  Lead_Source: new SDK.Choice("Cold Call"),
});
const range = (from, to) => Array.from({ length: to - from }, (_, i) => lead(from + i));
const ids = [];
ids.push(...(await create(leads, range(0, 100))));
ids.push(...(await create(leads, range(100, 200))));
ids.push(...(await create(leads, range(200, 250))));
assert.equal(new Set(ids.map(String)).size, 250);

step("1,900 more");
for (let first = 250; first < 2150; first += 100) {
  ids.push(...(await create(leads, range(first, first + 100))));
}

async function page(more) {
  const list = await leads.getRecords(
    await parameters([
      [SDK.Record.GetRecordsParam.FIELDS, "Last_Name,Email,Annual_Revenue,No_of_Employees"],
      [SDK.Record.GetRecordsParam.PER_PAGE, 200],
      ...more,
    ]),
    new SDK.HeaderMap(),
  );
  assert.equal(list.getStatusCode(), 200);
  assert(list.getObject() instanceof SDK.Record.ResponseWrapper);
  return list.getObject();
}

step("pages by number, then by token");
const seen = new Set();
let last;
for (let number = 1; number <= 10; number++) {
  last = await page([[SDK.Record.GetRecordsParam.PAGE, number]]);
  assert.equal(last.getInfo().getPage(), number);
  last.getData().forEach((row) => seen.add(String(row.getId())));
}
assert.equal(seen.size, 2000);
while (last.getInfo().getMoreRecords()) {
  last = await page([[SDK.Record.GetRecordsParam.PAGE_TOKEN, last.getInfo().getNextPageToken()]]);
  last.getData().forEach((row) => seen.add(String(row.getId())));
}
assert.equal(seen.size, 2150);

step("one updated and read");
const change = new SDK.Record.BodyWrapper();
change.setData([record({ Company: "Changed" })]);
const updated = await leads.updateRecord(ids[0], change, new SDK.HeaderMap());
assert.equal(updated.getStatusCode(), 200);
assert(updated.getObject().getData()[0] instanceof SDK.Record.SuccessResponse);
const one = (await leads.getRecord(ids[0], new SDK.ParameterMap(), new SDK.HeaderMap())).getObject().getData()[0];
assert.equal(one.getKeyValue("Company"), "Changed");
assert.equal(one.getKeyValue("Full_Name"), "Node Lead 0");
assert.equal(one.getKeyValue("Annual_Revenue"), 1000.5);
assert.equal(one.getKeyValue("No_of_Employees"), 0);
assert.equal(one.getKeyValue("Lead_Source").getValue(), "Cold Call");
assert(one.getCreatedTime() instanceof Date);
assert.equal(one.getCreatedBy().getName(), "Patricia Boyle");

step("deleted, one and many");
assert.equal((await leads.deleteRecord(ids[1], new SDK.ParameterMap(), new SDK.HeaderMap())).getStatusCode(), 200);
const many = new SDK.ParameterMap();
await many.add(SDK.Record.DeleteRecordsParam.IDS, [ids[2], ids[3]].join(","));
assert.equal((await leads.deleteRecords(many, new SDK.HeaderMap())).getStatusCode(), 200);
for (const gone of [ids[1], ids[2], ids[3]]) {
  const response = await leads.getRecord(gone, new SDK.ParameterMap(), new SDK.HeaderMap());
  assert(response === null || response.getStatusCode() === 204);
}

step("a contact with its account");
const [accountId] = await create(new SDK.Record.RecordOperations("Accounts"), [{ Account_Name: "Acme" }]);
const account = new SDK.Record.Record();
account.setId(accountId);
const contacts = new SDK.Record.RecordOperations("Contacts");
const [contactId] = await create(contacts, [{ Last_Name: "Smith", Account_Name: account }]);
const contact = (await contacts.getRecord(contactId, new SDK.ParameterMap(), new SDK.HeaderMap())).getObject().getData()[0];
assert.equal(String(contact.getKeyValue("Account_Name").getId()), String(accountId));
assert.equal(contact.getKeyValue("Account_Name").getKeyValue("name"), "Acme");

step("mistakes arrive as exceptions of the SDK");
const wrong = new SDK.Record.BodyWrapper();
wrong.setData([record({ Last_Name: "Wrong", Email: "no address" })]);
const rejected = await leads.createRecords(wrong, new SDK.HeaderMap());
assert.equal(rejected.getStatusCode(), 400);
const [error] = rejected.getObject().getData();
assert(error instanceof SDK.Record.APIException);
assert.equal(error.getCode().getValue(), "INVALID_DATA");
assert.equal(error.getDetails().get("api_name"), "Email");
const unknown = await leads.updateRecord(1n, change, new SDK.HeaderMap());
assert(unknown.getObject() instanceof SDK.Record.APIException);
assert.equal(unknown.getObject().getMessage().getValue(), "the id given seems to be invalid");

console.log("done");
