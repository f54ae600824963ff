// The old client of version 2 of the API, as published, reads leads.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const require = createRequire(import.meta.url);
const { Initializer } = require("zcrmsdk/routes/initializer");
const { DataCenter } = require("zcrmsdk/routes/dc/data_center");
const { OAuthToken, TokenType } = require("zcrmsdk/models/authenticator/oauth_token");
const { FileStore } = require("zcrmsdk/models/authenticator/store/file_store");
const { UserSignature } = require("zcrmsdk/routes/user_signature");
const { SDKConfigBuilder } = require("zcrmsdk/routes/sdk_config_builder");
const { Logger, Levels } = require("zcrmsdk/routes/logger/logger");
const ParameterMap = require("zcrmsdk/routes/parameter_map").MasterModel;
const HeaderMap = require("zcrmsdk/routes/header_map").MasterModel;
const api = "zcrmsdk/core/com/zoho/crm/api/record/";
const { RecordOperations, GetRecordsParam } = require(api + "record_operations");
const ResponseWrapper = require(api + "response_wrapper").MasterModel;
const SuccessResponse = require(api + "success_response").MasterModel;
const ActionWrapper = require(api + "action_wrapper").MasterModel;
const BodyWrapper = require(api + "body_wrapper").MasterModel;
const APIException = require(api + "api_exception").MasterModel;
const Record = require(api + "record").MasterModel;

const { BASE_URL, CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN } = process.env;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "clientele-v2-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));

await Initializer.initialize(
  new UserSignature("someone@example.com"),
  DataCenter.setEnvironment(BASE_URL, BASE_URL + "/oauth/v2/token", BASE_URL),
  new OAuthToken(CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, TokenType.REFRESH),
  new FileStore(path.join(folder, "tokens.csv")),
  new SDKConfigBuilder().build(),
  folder,
  Logger.getInstance(Levels.ERROR, path.join(folder, "log.txt")),
);

const operations = new RecordOperations();

const body = new BodyWrapper();
const rows = [];
for (let number = 1; number <= 3; number++) {
  const lead = new Record();
  lead.addKeyValue("Last_Name", "Lead " + number);
  lead.addKeyValue("Company", "Acme");
  lead.addKeyValue("Annual_Revenue", 1000.5);
  lead.addKeyValue("No_of_Employees", number);
  rows.push(lead);
}
body.setData(rows);
const created = (await operations.createRecords("Leads", body)).object;
assert(created instanceof ActionWrapper);
for (const row of created.getData()) {
  assert(row instanceof SuccessResponse);
}

// Version 2 lists records without naming fields.
const names = [];
for (let page = 1, more = true; more; page++) {
  const params = new ParameterMap();
  await params.add(GetRecordsParam.PER_PAGE, 2);
  await params.add(GetRecordsParam.PAGE, page);
  const response = await operations.getRecords("Leads", params, new HeaderMap());
  assert.equal(response.statusCode, 200, [...(response.object?.getDetails?.() ?? [])].join(" "));
  assert(response.object instanceof ResponseWrapper);
  for (const lead of response.object.getData()) {
    assert.equal(typeof lead.getId(), "bigint");
    assert.equal(lead.getKeyValue("Annual_Revenue"), 1000.5);
    assert.equal(lead.getKeyValue("Last_Name"), "Lead " + lead.getKeyValue("No_of_Employees"));
    assert(lead.getCreatedTime() instanceof Date);
    names.push(lead.getKeyValue("Last_Name"));
  }
  const info = response.object.getInfo();
  assert.equal(info.getPage(), page);
  more = info.getMoreRecords();
}
assert.deepEqual(names.sort(), ["Lead 1", "Lead 2", "Lead 3"]);

const missing = await operations.getRecord(1n, "Leads");
assert.equal(missing.statusCode, 204);
assert.equal(missing.object, null);

const mistake = new Record();
mistake.addKeyValue("Last_Name", "Smith");
mistake.addKeyValue("Email", "no address");
body.setData([mistake]);
const [error] = (await operations.createRecords("Leads", body)).object.getData();
assert(error instanceof APIException);
assert.equal(error.getCode().value, "INVALID_DATA");

console.log("done");
