// The client of version 8, as published, works with records: what a record goes through, what
// hangs on it, and what other systems know it by.
import assert from "node:assert/strict";
import * as sdk from "@zohocrm/nodejs-sdk-8.0";
import {
  body,
  call,
  create,
  createOne,
  done,
  download,
  file,
  get,
  make,
  nothing,
  params,
  read,
  record,
  savedIds,
  PNG,
  start,
  steps,
  succeeded,
  to,
  wrap,
} from "./client.js";

const { Attachments, Files, GetRelatedRecordsCount, Notes, RecycleBin, RelatedRecords } = sdk;
const { Timelines } = sdk;
const { RecordOperations, ResponseWrapper, SearchRecordsParam, GetRecordsParam } = sdk.Record;

const leads = new RecordOperations("Leads");
const rows = (reply) => read(reply, 200, ResponseWrapper).getData();
const ids = (reply) => rows(reply).map((row) => row.getId());

async function headers(header, value) {
  const map = new sdk.HeaderMap();
  await map.add(header, value);
  return map;
}

/** Before the client remembers the fields of a module. */
async function customFields() {
  const external = (label) => ({
    field_label: label,
    data_type: "text",
    external: { type: "org", show: true },
  });
  const story = { field_label: "Story", data_type: "textarea", length: 50000 };
  const friends = {
    field_label: "Friends",
    data_type: "multiselectlookup",
    multiselectlookup: {
      connected_details: { module: { api_name: "Contacts" } },
      display_label: "Friends of",
    },
  };
  for (const [module, field] of [
    ["Leads", friends],
    ["Leads", { ...story, textarea: { type: "rich_text" } }],
    ["Contacts", external("Badge")],
    ["Accounts", external("Number")],
    ["Campaigns", external("Fair")],
  ]) {
    await call("POST", `/crm/v8/settings/fields?module=${module}`, { fields: [field] });
  }
}

async function upsert() {
  const [known] = await create("Leads", { Last_Name: "Known", Email: "known@example.com" });
  const wrapper = body(
    { Last_Name: "Known anew", Email: "known@example.com" },
    { Last_Name: "New", Email: "new@example.com" },
  );
  wrapper.setDuplicateCheckFields(["Email"]);
  const upserted = read(await leads.upsertRecords(wrapper), 200, sdk.Record.ActionWrapper).getData();
  assert.deepEqual(
    upserted.map((row) => [row.getAction().getValue(), row.getDuplicateField() ?? null]),
    [["update", "Email"], ["insert", null]],
  );
  assert.equal(BigInt(upserted[0].getDetails().get("id")), known);
  assert.equal((await get("Leads", known)).getKeyValue("Last_Name"), "Known anew");
  const added = BigInt(upserted[1].getDetails().get("id"));
  const changed = [{ City: "Oslo" }, { City: "Rome" }].map(record);
  changed[0].setId(known);
  changed[1].setId(added);
  const wrapped = await make(sdk.Record.BodyWrapper, { Data: changed });
  assert.deepEqual(
    savedIds(await leads.updateRecords(wrapped), 200, "record updated"),
    [known, added],
  );
  assert.equal((await get("Leads", added)).getKeyValue("City"), "Rome");
}

async function search() {
  const [smith, smythe] = await create(
    "Leads",
    { Last_Name: "Smith (junior)", Email: "smith@find.example", Phone: "+91 98765 43210" },
    { Last_Name: "Smythe", Email: "smythe@find.example", Description: "met at the lighthouse" },
  );
  const find = async (param, value) => leads.searchRecords(await params([[param, value]]));
  const count = async (param, value) =>
    read(await leads.recordCount(await params([[param, value]])), 200, sdk.Record.CountWrapper)
      .getCount();
  const { RecordCountParam } = sdk.Record;
  const criteria = "((Last_Name:starts_with:Smi)and(Email:equals:smith@find.example))";
  assert.deepEqual(ids(await find(SearchRecordsParam.CRITERIA, criteria)), [smith]);
  assert.deepEqual(
    ids(await find(SearchRecordsParam.CRITERIA, "(Last_Name:equals:Smith \\(junior\\))")),
    [smith],
  );
  assert.deepEqual(ids(await find(SearchRecordsParam.EMAIL, "smythe@find.example")), [smythe]);
  assert.deepEqual(ids(await find(SearchRecordsParam.PHONE, "9876543210")), [smith]);
  const found = await find(SearchRecordsParam.WORD, "lighthouse");
  assert.deepEqual(ids(found), [smythe]);
  assert.equal(found.getObject().getInfo().getCount(), 1);
  nothing(await find(SearchRecordsParam.WORD, "nowhere"));
  assert.equal(await count(RecordCountParam.CRITERIA, "(Last_Name:starts_with:Sm)"), 2n);
  assert.equal(await count(RecordCountParam.EMAIL, "smith@find.example"), 1n);
  assert.equal(await count(RecordCountParam.WORD, "lighthouse"), 1n);
  assert.equal(
    read(await find(SearchRecordsParam.CRITERIA, "(Nonsense:equals:1)"), 400, sdk.Record.APIException)
      .getCode()
      .getValue(),
    "INVALID_QUERY",
  );
}

async function children() {
  const product = await createOne("Products", { Product_Name: "Pump" });
  const name = new sdk.Record.LineItemProduct();
  name.setId(product);
  const line = (quantity) => record({ Product_Name: name, Quantity: quantity, List_Price: 2.0 });
  const quote = await createOne("Quotes", { Subject: "Q", Quoted_Items: [line(1.0), line(2.0)] });
  const lines = async () => (await get("Quotes", quote)).getKeyValue("Quoted_Items");
  const [kept, gone] = await lines();
  const changes = [record({ Quantity: 7.0 }), record({ _delete: null }), line(3.0)];
  changes[0].setId(kept.getId());
  changes[1].setId(gone.getId());
  const quotes = new RecordOperations("Quotes");
  const reply = await quotes.updateRecord(quote, body({ Quoted_Items: changes }));
  savedIds(reply, 200, "record updated");
  assert.deepEqual((await lines()).map((row) => row.getKeyValue("Quantity")), [7, 3]);
  assert.equal((await get("Quotes", quote)).getKeyValue("Grand_Total"), 20);
  const item = await get("Quoted_Items", kept.getId());
  assert.equal(item.getKeyValue("Parent_Id").getId(), quote);

  const [ann, bo] = await create("Contacts", { Last_Name: "Ann" }, { Last_Name: "Bo" });
  const lead = await createOne("Leads", {
    Last_Name: "Friends",
    Friends: [record({ Friends: to(ann) }), record({ Friends: to(bo) })],
  });
  const friends = async () => (await get("Leads", lead)).getKeyValue("Friends");
  const [first] = await friends();
  assert.equal(first.getKeyValue("Friends").getId(), ann);
  const away = record({ _delete: null });
  away.setId(first.getId());
  savedIds(await leads.updateRecord(lead, body({ Friends: [away] })), 200, "record updated");
  assert.deepEqual((await friends()).map((row) => row.getKeyValue("Friends").getId()), [bo]);
}

async function copies() {
  const original = await createOne("Leads", { Last_Name: "Original", City: "Bergen" });
  const [copy] = savedIds(await leads.cloneRecord(original), 201, "record added");
  assert.notEqual(copy, original);
  assert.equal((await get("Leads", copy)).getKeyValue("City"), "Bergen");
}

async function richText() {
  const story = "<p>" + "long ".repeat(2000) + "</p>";
  const id = await createOne("Leads", { Last_Name: "Teller", Story: story });
  const { GetFullDataForRichTextParam, GetRichTextRecordsParam } = sdk.Record;
  const one = await leads.getFullDataForRichText(
    id,
    await params([[GetFullDataForRichTextParam.FIELDS, "Story"]]),
  );
  assert.equal(rows(one)[0].getKeyValue("Story"), story);
  const many = await leads.getRichTextRecords(
    await params([
      [GetRichTextRecordsParam.IDS, String(id)],
      [GetRichTextRecordsParam.FIELDS, "Story"],
    ]),
  );
  assert.equal(rows(many)[0].getKeyValue("Story"), story);
}

async function timeline() {
  const id = await createOne("Leads", { Last_Name: "Before" });
  savedIds(await leads.updateRecord(id, body({ Last_Name: "After" })), 200, "record updated");
  const reply = await new Timelines.TimelinesOperations().getTimelines("Leads", String(id));
  const wrapper = read(reply, 200, Timelines.ResponseWrapper);
  const [updated, added] = wrapper.getTimeline();
  assert.equal(wrapper.getInfo().getCount(), 2);
  assert.equal(added.getAction(), "added");
  assert.equal(updated.getAction(), "updated");
  assert.equal(updated.getSource(), "crm_api");
  assert(updated.getAuditedTime() instanceof Date);
  assert.equal(updated.getDoneBy().getName(), "Patricia Boyle");
  assert.equal(updated.getRecord().getId(), id);
  const history = updated.getFieldHistory().find((field) => field.getAPIName() === "Last_Name");
  assert.deepEqual([history.getValue().getOld(), history.getValue().getNew()], ["Before", "After"]);
}

async function deletions() {
  const [first, second, third] = await create(
    "Leads",
    { Last_Name: "Gone 1" },
    { Last_Name: "Gone 2" },
    { Last_Name: "Gone 3" },
  );
  const { DeleteRecordsParam, GetDeletedRecordsParam } = sdk.Record;
  const all = [first, second, third];
  const wanted = await params([[DeleteRecordsParam.IDS, all.join(",")]]);
  assert.deepEqual(savedIds(await leads.deleteRecords(wanted), 200, "record deleted"), all);
  const deleted = async (type) => {
    const reply = await leads.getDeletedRecords(await params([[GetDeletedRecordsParam.TYPE, type]]));
    return reply.getStatusCode() === 204
      ? []
      : read(reply, 200, sdk.Record.DeletedRecordsWrapper).getData();
  };
  const one = (await deleted("recycle")).find((row) => row.getId() === first);
  assert.equal(one.getDisplayName(), "Gone 1");
  assert.equal(one.getType(), "recycle");
  assert.equal(one.getDeletedBy().getName(), "Patricia Boyle");
  assert(one.getDeletedTime() instanceof Date);

  const bin = new RecycleBin.RecycleBinOperations();
  const { DeleteRecycleBinRecordsParam, GetRecycleBinRecordsParam } = RecycleBin;
  const listed = await bin.getRecyclebinRecords(
    await params([[GetRecycleBinRecordsParam.IDS, all.join(",")]]),
  );
  const wrapper = read(listed, 200, RecycleBin.ResponseWrapper);
  assert.equal(wrapper.getRecycleBin().length, 3);
  assert.equal(wrapper.getInfo().getCount(), 3);
  const [binned] = read(await bin.getRecyclebinRecord(first), 200, RecycleBin.ResponseWrapper)
    .getRecycleBin();
  assert.equal(binned.getId(), first);
  assert.equal(binned.getDisplayName(), "Gone 1");
  assert.equal(binned.getModule().getAPIName(), "Leads");
  assert.equal(binned.getDeletedBy().getName(), "Patricia Boyle");
  done(await bin.deleteRecyclebinRecord(first), 200, RecycleBin, "RecycleBin");
  const rest = await params([[DeleteRecycleBinRecordsParam.IDS, `${second},${third}`]]);
  assert.deepEqual(
    done(await bin.deleteRecyclebinRecords(rest), 200, RecycleBin, "RecycleBin"),
    [second, third],
  );
  const left = (await deleted("permanent")).map((row) => row.getId());
  assert(all.every((id) => left.includes(id)));
}

async function notes() {
  const lead = await createOne("Leads", { Last_Name: "Noted" });
  const operations = new Notes.NotesOperations();
  const parent = await make(Notes.ParentId, {
    Id: lead,
    Module: await make(sdk.Modules.MinifiedModule, { APIName: "Leads" }),
  });
  const note = async (content) =>
    make(Notes.Note, { NoteTitle: "Call", NoteContent: content, ParentId: parent });
  const { GetNotesParam, GetNoteParam, DeleteNotesParam } = Notes;
  const added = await operations.createNotes(
    await wrap(Notes, "Data", await note("one"), await note("two"), await note("three")),
  );
  const [one, two, three] = done(added, 201, Notes);
  const changed = await make(Notes.Note, { NoteContent: "first" });
  assert.deepEqual(
    done(await operations.updateNote(one, await wrap(Notes, "Data", changed)), 200, Notes),
    [one],
  );
  const second = await make(Notes.Note, { Id: two, NoteContent: "second" });
  done(await operations.updateNotes(await wrap(Notes, "Data", second)), 200, Notes);
  const fields = "Note_Title,Note_Content,Parent_Id,Owner,Created_Time";
  const list = async () => {
    const reply = await operations.getNotes(await params([[GetNotesParam.FIELDS, fields]]));
    return read(reply, 200, Notes.ResponseWrapper);
  };
  const contents = (await list()).getData().map((row) => row.getNoteContent());
  assert.deepEqual(contents.sort(), ["first", "second", "three"]);
  assert.equal((await list()).getInfo().getCount(), 3);
  const reply = await operations.getNote(one, await params([[GetNoteParam.FIELDS, fields]]));
  const [got] = read(reply, 200, Notes.ResponseWrapper).getData();
  assert.equal(got.getNoteTitle(), "Call");
  assert.equal(got.getParentId().getId(), lead);
  assert.equal(got.getParentId().getModule().getAPIName(), "Leads");
  assert.equal(got.getOwner().getName(), "Patricia Boyle");
  assert(got.getCreatedTime() instanceof Date);

  const ofLead = new RelatedRecords.RelatedRecordsOperations("Notes", "Leads");
  const related = await ofLead.getRelatedRecords(
    lead,
    await params([[RelatedRecords.GetRelatedRecordsParam.FIELDS, "Note_Content"]]),
  );
  assert.equal(read(related, 200, RelatedRecords.ResponseWrapper).getData().length, 3);
  const paper = await make(Attachments.FileBodyWrapper, { File: file("n.txt", "of a note") });
  const attachments = new Attachments.AttachmentsOperations();
  done(await attachments.uploadAttachments(one, "Notes", paper), 200, Attachments);
  const noted = read(await operations.getNote(one), 200, Notes.ResponseWrapper).getData()[0];
  assert.deepEqual(noted.getAttachments().map((paper) => paper.getFileName()), ["n.txt"]);

  assert.deepEqual(done(await operations.deleteNote(one), 200, Notes), [one]);
  const others = await params([[DeleteNotesParam.IDS, `${two},${three}`]]);
  assert.deepEqual(done(await operations.deleteNotes(others), 200, Notes), [two, three]);
  nothing(await operations.getNote(one, await params([[GetNoteParam.FIELDS, fields]])));
}

async function attachments() {
  const lead = await createOne("Leads", { Last_Name: "Papers" });
  const operations = new Attachments.AttachmentsOperations();
  const { GetAttachmentsParam, UploadUrlAttachmentsParam, DeleteAttachmentsParam } = Attachments;
  const upload = async (name, content) => {
    const form = await make(Attachments.FileBodyWrapper, { File: file(name, content) });
    return done(await operations.uploadAttachments(lead, "Leads", form), 200, Attachments)[0];
  };
  const offer = await upload("the offer.txt", "Grüße");
  const plan = await upload("plan.bin", Buffer.alloc(100_000, 7));
  const linked = await operations.uploadUrlAttachments(
    lead,
    "Leads",
    await params([
      [UploadUrlAttachmentsParam.ATTACHMENTURL, "https://example.com/catalogue.pdf"],
      [UploadUrlAttachmentsParam.TITLE, "Catalogue"],
    ]),
  );
  const [link] = done(linked, 200, Attachments);
  const list = async () =>
    operations.getAttachments(
      lead,
      "Leads",
      await params([[GetAttachmentsParam.FIELDS, "File_Name,Size,Owner,Parent_Id,$link_url"]]),
    );
  const wrapper = read(await list(), 200, Attachments.ResponseWrapper);
  assert.equal(wrapper.getInfo().getCount(), 3);
  const named = (id) => wrapper.getData().find((row) => row.getId() === id);
  assert.equal(named(offer).getFileName(), "the offer.txt");
  assert.equal(named(plan).getSize(), "100000");
  assert.equal(named(plan).getParentId().getId(), lead);
  assert.equal(named(plan).getOwner().getName(), "Patricia Boyle");
  assert.equal(named(link).getLinkUrl(), "https://example.com/catalogue.pdf");
  const [name, content] = await download(
    await operations.getAttachment(offer, lead, "Leads"),
    Attachments.FileBodyWrapper,
  );
  assert.equal(decodeURIComponent(name), "the offer.txt");
  assert.equal(content.toString(), "Grüße");
  assert.deepEqual(
    done(await operations.deleteAttachment(offer, lead, "Leads"), 200, Attachments),
    [offer],
  );
  const rest = await params([[DeleteAttachmentsParam.IDS, `${plan},${link}`]]);
  done(await operations.deleteAttachments(lead, "Leads", rest), 200, Attachments);
  assert.deepEqual(read(await list(), 200, Attachments.ResponseWrapper).getData(), []);
}

async function photos() {
  const lead = await createOne("Leads", { Last_Name: "Face" });
  nothing(await leads.getPhoto(lead));
  const photo = await make(sdk.Record.FileBodyWrapper, { File: file("face.png", PNG) });
  const uploaded = read(await leads.uploadPhoto(lead, photo), 200, sdk.Record.SuccessResponse);
  assert.equal(uploaded.getCode().getValue(), "SUCCESS");
  const [name, content] = await download(await leads.getPhoto(lead), sdk.Record.FileBodyWrapper);
  assert.equal(name, "face.png");
  assert.deepEqual(content, PNG);
  read(await leads.deletePhoto(lead), 200, sdk.Record.SuccessResponse);
  nothing(await leads.getPhoto(lead));
}

async function files() {
  const operations = new Files.FilesOperations();
  const form = await make(Files.BodyWrapper, { File: [file("a.txt", "A"), file("b.txt", "B")] });
  const uploaded = succeeded(await operations.uploadFiles(form), 200, Files);
  assert.deepEqual(uploaded.map((one) => one.name), ["a.txt", "b.txt"]);
  const id = uploaded[1].id;
  const got = await operations.getFile(await params([[Files.GetFileParam.ID, id]]));
  const [name, content] = await download(got, Files.FileBodyWrapper);
  assert.deepEqual([name, content.toString()], ["b.txt", "B"]);
}

async function related() {
  const [account] = await create("Accounts", { Account_Name: "Acme", Number: "A-1" });
  const [contact] = await create("Contacts", {
    Last_Name: "Ann",
    Account_Name: to(account),
    Badge: "B-1",
  });
  const [fair, expo] = await create(
    "Campaigns",
    { Campaign_Name: "Fair", Fair: "F-1" },
    { Campaign_Name: "Expo", Fair: "F-2" },
  );
  const { GetRelatedRecordsParam, DelinkRecordsParam } = RelatedRecords;
  const campaigns = new RelatedRecords.RelatedRecordsOperations("Campaigns", "Contacts");
  const form = (...values) => make(RelatedRecords.BodyWrapper, { Data: values.map(record) });
  const named = async (id, values) => {
    const wrapper = await form(values);
    wrapper.getData()[0].setId(id);
    return wrapper;
  };
  const changed = async (reply, message) => {
    const [row] = succeeded(reply, 200, RelatedRecords);
    assert.equal(row.message, message);
    return BigInt(row.id);
  };
  const list = async () =>
    campaigns.getRelatedRecords(
      contact,
      await params([[GetRelatedRecordsParam.FIELDS, "Campaign_Name"]]),
    );
  const linked = async () =>
    read(await list(), 200, RelatedRecords.ResponseWrapper)
      .getData()
      .map((row) => row.getKeyValue("Campaign_Name"))
      .sort();

  const many = await campaigns.updateRelatedRecords(contact, await named(fair, {}));
  assert.equal(await changed(many, "relation added"), fair);
  const status = { Member_Status: "Received" };
  const single = await campaigns.updateRelatedRecord(expo, contact, await form(status));
  assert.equal(await changed(single, "relation added"), expo);
  assert.deepEqual(await linked(), ["Expo", "Fair"]);
  const one = await campaigns.getRelatedRecord(
    fair,
    contact,
    await params([[RelatedRecords.GetRelatedRecordParam.FIELDS, "Campaign_Name"]]),
  );
  assert.equal(read(one, 200, RelatedRecords.ResponseWrapper).getData()[0].getId(), fair);

  await externalIds(account, contact);
  await relatedByExternalIds(contact, { form, changed, campaigns });
  await counts(account, contact);

  assert.equal(await changed(await campaigns.delinkRecord(fair, contact), "relation removed"), fair);
  const rest = await params([[DelinkRecordsParam.IDS, String(expo)]]);
  await changed(await campaigns.delinkRecords(contact, rest), "relation removed");
  nothing(await list());
  await ofDeletedParent(account, contact);
}

async function externalIds(account, contact) {
  const contacts = new RecordOperations("Contacts");
  const { UpdateRecordUsingExternalIDHeader, GetRecordUsingExternalIDHeader } = sdk.Record;
  const updated = await contacts.updateRecordUsingExternalId(
    "B-1",
    body({ Department: "Sales" }),
    await headers(UpdateRecordUsingExternalIDHeader.X_EXTERNAL, "Contacts.Badge"),
  );
  assert.deepEqual(savedIds(updated, 200, "record updated"), [contact]);
  const got = await contacts.getRecordUsingExternalId(
    "B-1",
    null,
    await headers(GetRecordUsingExternalIDHeader.X_EXTERNAL, "Contacts.Badge"),
  );
  const [row] = rows(got);
  assert.equal(row.getId(), contact);
  assert.equal(row.getKeyValue("Department"), "Sales");
  assert.equal(row.getKeyValue("Account_Name").getId(), account);
  const { CreateRecordsHeader, DeleteRecordUsingExternalIDHeader, UpsertRecordsHeader } = sdk.Record;
  const other = record({ Last_Name: "Bo", Badge: "B-2" });
  const created = await contacts.createRecords(
    await make(sdk.Record.BodyWrapper, { Data: [other] }),
    await headers(CreateRecordsHeader.X_EXTERNAL, "Contacts.Badge"),
  );
  const [bo] = savedIds(created, 201, "record added");
  const again = await contacts.upsertRecords(
    body({ Last_Name: "Bob", Badge: "B-2" }),
    await headers(UpsertRecordsHeader.X_EXTERNAL, "Contacts.Badge"),
  );
  assert.deepEqual(savedIds(again, 200, "record updated"), [bo]);
  const deleted = await contacts.deleteRecordUsingExternalId(
    "B-2",
    null,
    await headers(DeleteRecordUsingExternalIDHeader.X_EXTERNAL, "Contacts.Badge"),
  );
  assert.deepEqual(savedIds(deleted, 200, "record deleted"), [bo]);
  nothing(await contacts.getRecord(bo));
}

async function relatedByExternalIds(contact, { form, changed, campaigns }) {
  const { DeleteRelatedRecordUsingExternalIDHeader, GetRelatedRecordsUsingExternalIDHeader } =
    RelatedRecords;
  const both = "Contacts.Badge,Campaigns.Fair";
  const removed = await campaigns.deleteRelatedRecordUsingExternalId(
    "F-2",
    "B-1",
    await headers(DeleteRelatedRecordUsingExternalIDHeader.X_EXTERNAL, both),
  );
  await changed(removed, "relation removed");
  const added = await campaigns.updateRelatedRecordUsingExternalId(
    "F-2",
    "B-1",
    await form({}),
    await headers(RelatedRecords.UpdateRelatedRecordUsingExternalIDHeader.X_EXTERNAL, both),
  );
  await changed(added, "relation added");
  const single = await campaigns.getRelatedRecordUsingExternalId(
    "F-2",
    "B-1",
    await params([[RelatedRecords.GetRelatedRecordUsingExternalIDParam.FIELDS, "Campaign_Name"]]),
    await headers(RelatedRecords.GetRelatedRecordUsingExternalIDHeader.X_EXTERNAL, both),
  );
  const [expo] = read(single, 200, RelatedRecords.ResponseWrapper).getData();
  assert.equal(expo.getKeyValue("Campaign_Name"), "Expo");
  const delinked = await campaigns.deleteRelatedRecordsUsingExternalId(
    "B-1",
    await params([[RelatedRecords.DeleteRelatedRecordsUsingExternalIDParam.IDS, "F-2"]]),
    await headers(RelatedRecords.DeleteRelatedRecordsUsingExternalIDHeader.X_EXTERNAL, both),
  );
  await changed(delinked, "relation removed");
  const linked = await campaigns.updateRelatedRecordsUsingExternalId(
    "B-1",
    await form({ Fair: "F-2" }),
    await headers(RelatedRecords.UpdateRelatedRecordsUsingExternalIDHeader.X_EXTERNAL, both),
  );
  await changed(linked, "relation added");
  const list = await campaigns.getRelatedRecordsUsingExternalId(
    "B-1",
    await params([[RelatedRecords.GetRelatedRecordsUsingExternalIDParam.FIELDS, "Campaign_Name"]]),
    await headers(GetRelatedRecordsUsingExternalIDHeader.X_EXTERNAL, "Contacts.Badge"),
  );
  assert.equal(read(list, 200, RelatedRecords.ResponseWrapper).getData().length, 2);
}

async function counts(account, contact) {
  const count = async (module, id, ...lists) => {
    const wrapper = await make(GetRelatedRecordsCount.BodyWrapper, {
      GetRelatedRecordsCount: await Promise.all(
        lists.map(async (name) =>
          make(GetRelatedRecordsCount.GetRelatedRecordCount, {
            RelatedList: await make(GetRelatedRecordsCount.RelatedList, { APIName: name }),
          }),
        ),
      ),
    });
    const operations = new GetRelatedRecordsCount.GetRelatedRecordsCountOperations(id, module);
    return read(
      await operations.getRelatedRecordsCount(wrapper),
      200,
      GetRelatedRecordsCount.ActionWrapper,
    )
      .getGetRelatedRecordsCount()
      .map((row) => [row.getRelatedList().getAPIName(), row.getCount()]);
  };
  assert.deepEqual(await count("Accounts", account, "Contacts", "Deals"), [
    ["Contacts", 1],
    ["Deals", 0],
  ]);
  assert.deepEqual(await count("Contacts", contact, "Campaigns"), [["Campaigns", 2]]);
}

async function ofDeletedParent(account, contact) {
  const accounts = new RecordOperations("Accounts");
  savedIds(await accounts.deleteRecord(account), 200, "record deleted");
  const { GetDeletedParentRecordsRelatedRecordParam } = RelatedRecords;
  const reply = await new RelatedRecords.RelatedRecordsOperations(
    "Contacts",
    "Accounts",
  ).getDeletedParentRecordsRelatedRecord(
    account,
    await params([[GetDeletedParentRecordsRelatedRecordParam.FIELDS, "Last_Name"]]),
  );
  const [row] = read(reply, 200, RelatedRecords.ResponseWrapper).getData();
  assert.equal(row.getId(), contact);
}

await start();
await new sdk.Org.OrgOperations().getOrganization();
await steps(
  customFields,
  upsert,
  search,
  children,
  copies,
  richText,
  timeline,
  deletions,
  notes,
  attachments,
  photos,
  files,
  related,
);
