// The client of version 8, started against the server under test.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as sdk from "@zohocrm/nodejs-sdk-8.0";

const { BASE_URL, CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN } = process.env;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "clientele-sdk8-"));
const tokens = path.join(folder, "tokens.csv");
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));

export async function start() {
  const builder = await new sdk.InitializeBuilder();
  await builder
    .environment(sdk.DataCenter.setEnvironment(BASE_URL, BASE_URL + "/oauth/v2/token", BASE_URL))
    .token(
      new sdk.OAuthBuilder()
        .clientId(CLIENT_ID)
        .clientSecret(CLIENT_SECRET)
        .refreshToken(REFRESH_TOKEN)
        .build(),
    )
    .store(new sdk.FileStore(tokens))
    .resourcePath(folder + "/")
    .initialize();
}

/** The tokens the client keeps, by the names of its columns. */
export function storedTokens() {
  const [columns, ...rows] = fs.readFileSync(tokens, "utf8").trim().split("\n");
  return rows.map((row) => {
    const values = row.split(",");
    return Object.fromEntries(columns.split(",").map((column, index) => [column, values[index]]));
  });
}

export async function params(pairs) {
  const map = new sdk.ParameterMap();
  for (const [param, value] of pairs) {
    await map.add(param, value);
  }
  return map;
}

function describe(object) {
  return object instanceof sdk.Record.APIException
    ? `${object.getCode().getValue()} ${[...(object.getDetails() ?? [])].join(" ")}`
    : object?.constructor.name;
}

/** What a reply holds, once it is of the class and status wanted. */
export function read(response, status, type) {
  const object = response.getObject();
  assert.equal(response.getStatusCode(), status, describe(object));
  assert(object instanceof type, `a ${object?.constructor.name} is no ${type.name}`);
  return object;
}

export function record(values) {
  const made = new sdk.Record.Record();
  for (const [name, value] of Object.entries(values)) {
    made.addKeyValue(name, value);
  }
  return made;
}

export function body(...rows) {
  const wrapper = new sdk.Record.BodyWrapper();
  wrapper.setData(rows.map(record));
  return wrapper;
}

/** The ids of the rows that were written, all with success. */
export function savedIds(response, status, message) {
  const rows = read(response, status, sdk.Record.ActionWrapper).getData();
  return rows.map((row) => {
    assert(row instanceof sdk.Record.SuccessResponse);
    assert.equal(row.getStatus().getValue(), "success");
    assert.equal(row.getCode().getValue(), "SUCCESS");
    assert.equal(row.getMessage().getValue?.() ?? row.getMessage(), message);
    return BigInt(row.getDetails().get("id"));
  });
}

/** An error as the client gives it. */
export function checkError(error, code, message, details) {
  assert(error instanceof sdk.Record.APIException, `a ${error?.constructor.name} is no error`);
  assert.equal(error.getStatus().getValue(), "error");
  assert.equal(error.getCode().getValue(), code);
  assert.equal(error.getMessage().getValue?.() ?? error.getMessage(), message);
  assert.deepEqual(Object.fromEntries(error.getDetails()), details);
}
