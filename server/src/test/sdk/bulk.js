// The client of version 8, as published, reads and writes all records of a module at once.
import assert from "node:assert/strict";
import zlib from "node:zlib";
import * as sdk from "@zohocrm/nodejs-sdk-8.0";
import { createOne, download, ended, file, get, make, read, start, steps } from "./client.js";

const { ActionWrapper, APIException, BodyWrapper, BulkReadOperations, CallBack } = sdk.BulkRead;
const { Criteria, FileBodyWrapper, Query, ResponseWrapper, SuccessResponse } = sdk.BulkRead;

const { BulkWriteResponse, FieldMapping, RequestWrapper, Resource, UploadFileHeader } = sdk.BulkWrite;

const bulk = new BulkReadOperations();
const bulkWrite = new sdk.BulkWrite.BulkWriteOperations();
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

async function readEnded(id) {
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
  const job = await readEnded(id);
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

/** A ZIP with one file in it, as it is. */
function zipped(name, text) {
  const content = Buffer.from(text);
  const head = Buffer.alloc(26);
  head.writeUInt16LE(10, 0);
  head.writeUInt32LE(zlib.crc32(content), 10);
  head.writeUInt32LE(content.length, 14);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), head, Buffer.from(name), content]);
  const central = Buffer.concat([
    Buffer.from("PK\x01\x02\x0a\x00"),
    head,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from("PK\x05\x06"), end]);
}

async function writing() {
  const account = await createOne("Accounts", { Account_Name: "Zylker" });
  const org = read(
    await new sdk.Org.OrgOperations().getOrganization(),
    200,
    sdk.Org.ResponseWrapper,
  ).getOrg()[0];
  const headers = new sdk.HeaderMap();
  await headers.add(UploadFileHeader.FEATURE, "bulk-write");
  await headers.add(UploadFileHeader.X_CRM_ORG, String(org.getZgid()));
  const content = zipped("people.csv", "Name,Firm,Born\nBoyle,Zylker,31.01.1990\n,Zylker,\n");
  const body = await make(sdk.BulkWrite.FileBodyWrapper, { File: file("people.zip", content) });
  const uploaded = read(await bulkWrite.uploadFile(body, headers), 200, sdk.BulkWrite.SuccessResponse);
  assert.equal(word(uploaded.getCode()), "FILE_UPLOAD_SUCCESS");
  const mappings = [
    await make(FieldMapping, { APIName: "Last_Name", Index: 0 }),
    await make(FieldMapping, { APIName: "Account_Name", Index: 1, FindBy: "Account_Name" }),
    await make(FieldMapping, { APIName: "Date_of_Birth", Index: 2, Format: "dd.MM.yyyy" }),
  ];
  const resource = await make(Resource, {
    Type: new sdk.Choice("data"),
    Module: await module("Contacts"),
    FileId: String(uploaded.getDetails().get("file_id")),
    FieldMappings: mappings,
  });
  const request = await make(RequestWrapper, {
    Operation: new sdk.Choice("insert"),
    Resource: [resource],
  });
  const made = await bulkWrite.createBulkWriteJob(request);
  const id = read(made, 201, sdk.BulkWrite.SuccessResponse).getDetails().get("id");
  const job = await ended(async () =>
    read(await bulkWrite.getBulkWriteJobDetails(String(id)), 200, BulkWriteResponse),
  );
  assert.equal(job.getStatus(), "COMPLETED");
  const counts = job.getResource()[0].getFile();
  assert.equal(counts.getAddedCount(), 1);
  assert.equal(counts.getSkippedCount(), 1);
  const url = job.getResult().getDownloadUrl();
  const [name, zip] = await download(
    await bulkWrite.downloadBulkWriteResult(url),
    sdk.BulkWrite.FileBodyWrapper,
  );
  assert.equal(name, id + ".zip");
  const [, boyle, other] = unzipped(zip).toString().split("\n");
  const [, , , status, contact] = boyle.split(",");
  assert.equal(status, "ADDED");
  assert.match(other, /SKIPPED,,MANDATORY_NOT_FOUND-Name$/);
  const record = await get("Contacts", BigInt(contact));
  assert.equal(record.getKeyValue("Account_Name").getId(), account);
  await resource.setFileId("nothing");
  const refused = await bulkWrite.createBulkWriteJob(request);
  assert.equal(
    word(read(refused, 400, sdk.BulkWrite.APIException).getCode()),
    "INVALID_FILE_ID",
  );
}

await start();
await steps(everything, mistakes, writing);
