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

/** What went wrong, for people. */
function describe(object) {
  const plain = (_, value) =>
    typeof value === "bigint" ? String(value) : value instanceof Map ? [...value] : value;
  return `${object?.constructor.name} ${JSON.stringify(object, plain)}`;
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

/** An object of the client's with some of its values. */
export async function make(type, values) {
  const made = new type();
  for (const [name, value] of Object.entries(values)) {
    await made["set" + name](value);
  }
  return made;
}

export async function wrap(noun, name, ...items) {
  return make(noun.BodyWrapper, { [name]: items });
}

/** What was made or changed, all with success: a row's message and details. */
export function succeeded(response, status, noun, name = "Data") {
  return read(response, status, noun.ActionWrapper)["get" + name]().map((row) => {
    assert(row instanceof noun.SuccessResponse, describe(row));
    assert.equal(row.getStatus().getValue(), "success");
    const message = row.getMessage().getValue?.() ?? row.getMessage();
    return { message, ...Object.fromEntries(row.getDetails()) };
  });
}

/** The ids of what was made or changed, all with success. */
export function done(response, status, noun, name) {
  return succeeded(response, status, noun, name).map((row) => BigInt(row.id ?? 0));
}

/** What a script needs besides, which the client has no operation for or which another tests. */
export async function call(method, path, body) {
  const response = await fetch(BASE_URL + path, {
    method,
    headers: { authorization: "Zoho-oauthtoken " + storedTokens()[0].access_token },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert(response.ok, text);
  return text && JSON.parse(text);
}

export function nothing(response) {
  assert.equal(response.getStatusCode(), 204);
  assert.equal(response.getObject(), null);
}

/** A record that names another. */
export function to(id) {
  const reference = new sdk.Record.Record();
  reference.setId(id);
  return reference;
}

export async function create(module, ...rows) {
  const reply = await new sdk.Record.RecordOperations(module).createRecords(body(...rows));
  return savedIds(reply, 201, "record added");
}

export const createOne = async (module, values) => (await create(module, values))[0];

export async function get(module, id) {
  const reply = await new sdk.Record.RecordOperations(module).getRecord(id);
  return read(reply, 200, sdk.Record.ResponseWrapper).getData()[0];
}

/** A picture of one dot. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A file to be sent; the client tells name and length only of what it reads from a disk. */
export function file(name, content) {
  const place = path.join(folder, name);
  fs.writeFileSync(place, content);
  return new sdk.StreamWrapper(null, null, place);
}

/** What was downloaded: its name and content. The client gives files some time later. */
export async function download(response, type) {
  const object = await response.getObject();
  assert(object instanceof type, describe(object));
  return [object.getFile().getName(), object.getFile().getStream()];
}

/** Waits for a job of the server: what it says once it has ended. */
export async function ended(status) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const now = await status();
    const word = now.getStatus().getValue?.() ?? now.getStatus();
    if (!["scheduled", "running", "in progress", "added", "inprogress"].includes(word.toLowerCase())) {
      return now;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail("the job does not end");
}

/** Goes through a script's steps. */
export async function steps(...all) {
  for (const step of all) {
    const before = Date.now();
    await step();
    console.log(`${step.name}: ${Date.now() - before} ms`);
  }
  console.log("done");
}
