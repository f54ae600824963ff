// The client of version 8 types what it reads by the metadata it fetched; here every kind of value
// goes there and back, and the metadata itself is read.
import assert from "node:assert/strict";
import * as sdk from "@zohocrm/nodejs-sdk-8.0";
import { createOne, get, params, read, record, start, to } from "./client.js";

const { RecordOperations, Record, LineItemProduct, PricingDetails, GetRecordParam } = sdk.Record;
const MODULES = ["Leads", "Contacts", "Deals", "Tasks", "Events", "Quotes", "Price_Books", "Cases"];

async function metadata() {
  for (const module of MODULES) {
    const reply = await new sdk.Fields.FieldsOperations().getFields(
      await params([[sdk.Fields.GetFieldsParam.MODULE, module]]),
    );
    const fields = read(reply, 200, sdk.Fields.ResponseWrapper).getFields();
    assert(fields.every((field) => field.getAPIName() && field.getDataType()), module);
  }
  const lists = await new sdk.RelatedLists.RelatedListsOperations().getRelatedLists(
    await params([[sdk.RelatedLists.GetRelatedListsParam.MODULE, "Accounts"]]),
  );
  const names = read(lists, 200, sdk.RelatedLists.ResponseWrapper)
    .getRelatedLists()
    .map((list) => list.getAPIName());
  assert(names.includes("Contacts") && names.includes("Deals"), names.join());
  const one = await new sdk.Modules.ModulesOperations().getModuleByAPIName("Deals");
  assert.equal(
    read(one, 200, sdk.Modules.ResponseWrapper).getModules()[0].getPluralLabel(),
    "Deals",
  );
  const unknown = await new sdk.Fields.FieldsOperations().getFields(
    await params([[sdk.Fields.GetFieldsParam.MODULE, "Nonsense"]]),
  );
  assert.equal(
    read(unknown, 400, sdk.Fields.APIException).getCode().getValue(),
    "INVALID_MODULE",
  );
}

async function deal() {
  const account = await createOne("Accounts", { Account_Name: "Acme" });
  const closing = new Date(2027, 1, 3);
  const id = await createOne("Deals", {
    Deal_Name: "Big one",
    Account_Name: to(account),
    Stage: new sdk.Choice("Qualification"),
    Amount: 120000.75,
    Closing_Date: closing,
    Probability: 10,
  });
  const row = await get("Deals", id);
  assert.equal(row.getKeyValue("Amount"), 120000.75);
  assert.equal(row.getKeyValue("Probability"), 10);
  assert.equal(row.getKeyValue("Closing_Date").getTime(), closing.getTime());
  assert.equal(row.getKeyValue("Stage").getValue(), "Qualification");
  assert.equal(row.getKeyValue("Account_Name").getId(), account);
  return id;
}

async function task(deal) {
  const due = new Date(2027, 4, 1);
  const id = await createOne("Tasks", {
    Subject: "Call back",
    Due_Date: due,
    What_Id: to(deal),
    $se_module: "Deals",
    Priority: new sdk.Choice("High"),
  });
  const row = await get("Tasks", id);
  assert.equal(row.getKeyValue("Due_Date").getTime(), due.getTime());
  assert.equal(row.getKeyValue("What_Id").getId(), deal);
  assert.equal(row.getKeyValue("$se_module"), "Deals");
}

async function event(contact) {
  const begin = new Date("2027-05-01T09:30:00+05:30");
  const end = new Date("2027-05-01T10:30:00Z");
  const guest = new sdk.Record.Participants();
  guest.setParticipant(String(contact));
  guest.setType("contact");
  const id = await createOne("Events", {
    Event_Title: "Lunch",
    Start_DateTime: begin,
    End_DateTime: end,
    Participants: [guest],
  });
  const row = await get("Events", id);
  assert.equal(row.getKeyValue("Start_DateTime").getTime(), begin.getTime());
  assert.equal(row.getKeyValue("End_DateTime").getTime(), end.getTime());
  const [read] = row.getKeyValue("Participants");
  assert(read instanceof sdk.Record.Participants);
  assert.equal(read.getParticipant(), String(contact));
  assert.equal(read.getType(), "contact");
}

async function quote() {
  const product = await createOne("Products", { Product_Name: "Pump", Unit_Price: 99.5 });
  const name = new LineItemProduct();
  name.setId(product);
  const item = record({ Product_Name: name, Quantity: 2.5, List_Price: 99.5, Discount: "10" });
  const id = await createOne("Quotes", { Subject: "Pumps", Quoted_Items: [item] });
  const row = await get("Quotes", id);
  const [line] = row.getKeyValue("Quoted_Items");
  assert(line instanceof Record);
  assert.equal(line.getKeyValue("Quantity"), 2.5);
  assert.equal(line.getKeyValue("Discount"), "10");
  const read = line.getKeyValue("Product_Name");
  assert(read instanceof LineItemProduct);
  assert.equal(read.getId(), product);
  assert.equal(read.getName(), "Pump");
}

async function priceBook() {
  const range = new PricingDetails();
  range.setFromRange(1.0);
  range.setToRange(10.0);
  range.setDiscount(5.0);
  const id = await createOne("Price_Books", {
    Price_Book_Name: "Wholesale",
    Pricing_Model: new sdk.Choice("Flat"),
    Pricing_Details: [range],
  });
  const [read] = (await get("Price_Books", id)).getKeyValue("Pricing_Details");
  assert(read instanceof PricingDetails);
  assert.equal(read.getToRange(), 10);
  assert.equal(read.getDiscount(), 5);
}

async function texts() {
  const hard = "Ünïcode 漢字 🙂 \"quoted\" \\ <b>&amp;</b>\nnext line";
  const contact = await createOne("Contacts", {
    Last_Name: "O'Neill & Söhne",
    Description: hard,
    Email: "o'neill+test@example.com",
  });
  const row = await get("Contacts", contact);
  assert.equal(row.getKeyValue("Description"), hard);
  const some = await new RecordOperations("Contacts").getRecord(
    contact,
    await params([[GetRecordParam.FIELDS, "Email"]]),
  );
  const [only] = read(some, 200, sdk.Record.ResponseWrapper).getData();
  assert.equal(only.getKeyValue("Email"), "o'neill+test@example.com");
  return contact;
}

await start();
await metadata();
console.log("metadata");
const contact = await texts();
console.log("texts");
await task(await deal());
console.log("deal and task");
await event(contact);
console.log("event");
await quote();
console.log("quote");
await priceBook();
console.log("price book");
console.log("done");
