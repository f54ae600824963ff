// The client of version 8, as published, asks queries; several calls go in one, for which it has
// no operation of its own.
import assert from "node:assert/strict";
import * as sdk from "@zohocrm/nodejs-sdk-8.0";
import { call, createOne, get, make, nothing, read, start, steps, to } from "./client.js";

const { APIException, BodyWrapper, CoqlOperations, ResponseWrapper } = sdk.Coql;

async function ask(query) {
  return new CoqlOperations().getRecords(await make(BodyWrapper, { SelectQuery: query }));
}

async function queries() {
  const account = await createOne("Accounts", { Account_Name: "Zylker" });
  const contact = await createOne("Contacts", { Last_Name: "Asked", Account_Name: to(account) });
  const reply = await ask(
    "select Last_Name, Account_Name, 'Account_Name.Account_Name', Owner, Created_Time" +
      " from Contacts where Account_Name.Account_Name = 'Zylker' limit 5",
  );
  const object = read(reply, 200, ResponseWrapper);
  assert.equal(object.getInfo().getCount(), 1);
  assert.equal(object.getInfo().getMoreRecords(), false);
  const [row] = object.getData();
  assert.equal(row.getId(), contact);
  assert.equal(row.getKeyValue("Last_Name"), "Asked");
  assert.equal(row.getKeyValue("Account_Name.Account_Name"), "Zylker");
  nothing(await ask("select id from Contacts where Last_Name = 'Nobody'"));
  const groups = await ask(
    "select COUNT(id), Last_Name from Contacts where id is not null group by Last_Name",
  );
  assert.equal(read(groups, 200, ResponseWrapper).getData()[0].getKeyValue("COUNT(id)"), 1);
}

async function mistakes() {
  const error = read(await ask("select id from Contacts"), 400, APIException);
  assert.equal(error.getCode().getValue(), "SYNTAX_ERROR");
  assert.equal(error.getMessage().getValue?.() ?? error.getMessage(), "missing clause");
}

async function composite() {
  const made = await call("POST", "/crm/v8/__composite_requests", {
    rollback_on_fail: true,
    concurrent_execution: false,
    __composite_requests: [
      {
        sub_request_id: "lead",
        method: "POST",
        uri: "/crm/v8/Leads",
        headers: {},
        params: {},
        body: { data: [{ Last_Name: "Composed" }] },
      },
      {
        sub_request_id: "change",
        method: "PUT",
        uri: "/crm/v8/Leads/@{lead:$.data[0].details.id}",
        headers: {},
        params: {},
        body: { data: [{ Company: "Zylker" }] },
      },
    ],
  });
  const { body } = made.__composite_requests[0].details.response;
  const lead = await get("Leads", BigInt(body.data[0].details.id));
  assert.equal(lead.getKeyValue("Company"), "Zylker");
}

await start();
await steps(queries, mistakes, composite);
