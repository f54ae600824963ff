// The client of version 8, as published, reads all records of a module at once.
import assert from "node:assert/strict";
import zlib from "node:zlib";
import * as sdk from "@zohocrm/nodejs-sdk-8.0";
import { createOne, download, make, read, start, steps } from "./client.js";

const { ActionWrapper, APIException, BodyWrapper, BulkReadOperations, CallBack } = sdk.BulkRead;
const { Criteria, FileBodyWrapper, Query, ResponseWrapper, SuccessResponse } = sdk.BulkRead;

const bulk = new BulkReadOperations();
const word = (choice) => choice.getValue?.() ?? choice;

async function module(name) {
  return make(sdk.Modules.MinifiedModule, { APIName: name });
}

async function criterion(field, comparator, value) {
  return make(Criteria, {
    Field: await make(sdk.Fields.MinifiedField, { APIName: field }),
    Comparator: new sdk.Choice(comparator),
    Value: value,
    Type: "value",
  });
}

async function ended(id) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const [job] = read(await bulk.getBulkReadJobDetails(id), 200, ResponseWrapper).getData();
    if (!["ADDED", "IN PROGRESS"].includes(word(job.getState()))) {
      return job;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail("the read does not end");
}

/** The content of the one file in a ZIP whose sizes stand behind it. */
function unzipped(zip) {
  const from = 30 + zip.readUInt16LE(26) + zip.readUInt16LE(28);
  return zlib.inflateRawSync(zip.subarray(from), { finishFlush: zlib.constants.Z_SYNC_FLUSH });
}

async function everything() {
  const lead = await createOne("Leads", { Last_Name: "Bulky", Company: "Zylker, Inc" });
  await createOne("Leads", { Last_Name: "Other" });
  const group = await make(Criteria, {
    GroupOperator: new sdk.Choice("and"),
    Group: [
      await criterion("Last_Name", "equal", "Bulky"),
      await criterion("Company", "in", ["Zylker, Inc", "Else"]),
    ],
  });
  const query = await make(Query, {
    Module: await module("Leads"),
    Fields: ["Last_Name", "Company", "Owner.last_name"],
    Page: 1,
    Criteria: group,
  });
  const made = await bulk.createBulkReadJob(await make(BodyWrapper, { Query: query }));
  const [answer] = read(made, 201, ActionWrapper).getData();
  assert(answer instanceof SuccessResponse);
  assert.equal(word(answer.getCode()), "ADDED_SUCCESSFULLY");
  const id = BigInt(answer.getDetails().get("id"));
  const job = await ended(id);
  assert.equal(word(job.getState()), "COMPLETED");
  assert.equal(job.getResult().getCount(), 1);
  assert.equal(job.getResult().getMoreRecords(), false);
  assert.equal(job.getQuery().getModule().getAPIName(), "Leads");
  const [name, zip] = await download(await bulk.downloadResult(id), FileBodyWrapper);
  assert.equal(name, id + ".zip");
  assert.equal(
    unzipped(zip).toString(),
    `Id,Last_Name,Company,Owner.last_name\n${lead},Bulky,"Zylker, Inc",Boyle\n`,
  );
}

async function mistakes() {
  const query = await make(Query, { Module: await module("Notes") });
  const refused = await bulk.createBulkReadJob(await make(BodyWrapper, { Query: query }));
  assert.equal(word(read(refused, 400, APIException).getCode()), "MODULE_NOT_SUPPORTED");
  const wrong = await bulk.createBulkReadJob(
    await make(BodyWrapper, {
      Query: await make(Query, { Module: await module("Leads") }),
      Callback: await make(CallBack, { Url: "ftp://x", Method: new sdk.Choice("post") }),
    }),
  );
  assert.equal(word(read(wrong, 400, APIException).getCode()), "INVALID_CALLBACK_URL");
}

await start();
await steps(everything, mistakes);
