// The client of version 8, as published, does what an org does with its records: locks, roles,
// owners, conversions, merges, files in fields, meetings and work on many records at once.
import assert from "node:assert/strict";
import * as sdk from "@zohocrm/nodejs-sdk-8.0";
import {
  body,
  call,
  create,
  createOne,
  done,
  download,
  ended,
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

const { CancelMeetings, ChangeOwner, ContactRoles, ConversionOption, ConvertLead } = sdk;
const { DealContactRoles, FieldAttachments, Files, FindAndMerge, InventoryConvert } = sdk;
const { InventoryMassConvert, MassChangeOwner, MassConvert, MassDeleteCvid } = sdk;
const { RecordLocking, RecordLockingConfiguration } = sdk;
const { RecordOperations, ResponseWrapper, GetRecordsParam } = sdk.Record;

const OTHER_USER = BigInt(process.env.OTHER_USER);
const leads = new RecordOperations("Leads");

/** Before the client remembers the fields of a module. */
async function customFields() {
  const fields = [
    { field_label: "Papers", data_type: "fileupload", length: 5 },
    { field_label: "Pictures", data_type: "imageupload", length: 2 },
  ];
  await call("POST", "/crm/v8/settings/fields?module=Leads", { fields });
}

/** A view of the leads of a city. */
async function view(city) {
  const made = await call("POST", "/crm/v8/settings/custom_views?module=Leads", {
    custom_views: [
      {
        name: city,
        access_type: "public",
        fields: [{ api_name: "Last_Name" }],
        criteria: { field: { api_name: "City" }, comparator: "equal", value: city },
      },
    ],
  });
  return BigInt(made.custom_views[0].details.id);
}

async function inView(id) {
  const reply = await leads.getRecords(
    await params([
      [GetRecordsParam.FIELDS, "Last_Name"],
      [GetRecordsParam.CVID, String(id)],
    ]),
  );
  return reply.getObject()?.getData().length ?? 0;
}

async function locks() {
  const configurations =
    new RecordLockingConfiguration.RecordLockingConfigurationOperations("Leads");
  const lock = await make(RecordLockingConfiguration.RecordLock, {
    LockedFor: "all_profiles",
    LockType: new sdk.Choice("manual"),
    FeatureType: "record_locking",
    LockForPortalUsers: false,
    RestrictedActions: ["update", "delete"],
  });
  const name = "RecordLockingConfigurations";
  const configured = await configurations.addRecordLockingConfiguration(
    await wrap(RecordLockingConfiguration, name, lock),
  );
  const [configuration] = done(configured, 201, RecordLockingConfiguration, name);
  const kept = async () =>
    read(
      await configurations.getRecordLockingConfigurations(),
      200,
      RecordLockingConfiguration.ResponseWrapper,
    ).getRecordLockingConfigurations();
  const [before] = await kept();
  assert.equal(before.getId(), configuration);
  assert.equal(before.getLockType().getValue(), "manual");
  const change = await make(RecordLockingConfiguration.RecordLock, {
    RestrictedActions: ["update", "delete", "tags"],
  });
  done(
    await configurations.updateRecordLockingConfiguration(
      configuration,
      await wrap(RecordLockingConfiguration, name, change),
    ),
    200,
    RecordLockingConfiguration,
    name,
  );
  assert((await kept())[0].getRestrictedActions().includes("tags"));

  const lead = await createOne("Leads", { Last_Name: "Locked" });
  const operations = new RecordLocking.RecordLockingOperations(lead, "Leads");
  const reason = async (text) =>
    wrap(RecordLocking, "Data", await make(RecordLocking.LockRecord, { LockedReasonS: text }));
  const [id] = done(await operations.lockRecords(await reason("in audit")), 201, RecordLocking);
  const refused = read(
    await leads.updateRecord(lead, body({ City: "Oslo" })),
    400,
    sdk.Record.ActionWrapper,
  ).getData()[0];
  assert.equal(refused.getCode().getValue(), "RECORD_LOCKED");
  done(
    await operations.updateRecordLockingInformation(id, await reason("in review")),
    200,
    RecordLocking,
  );
  const all = read(
    await operations.getRecordLockingInformations(),
    200,
    RecordLocking.ResponseWrapper,
  );
  assert.equal(all.getInfo().getCount(), 1);
  const [held] = read(
    await operations.getRecordLockingInformation(id),
    200,
    RecordLocking.ResponseWrapper,
  ).getData();
  for (const info of [held, all.getData()[0]]) {
    assert(info instanceof RecordLocking.RecordLock);
    assert.equal(info.getId(), id);
    // The client's own getters look for keys in another case than the API's pages have.
    assert.equal(info.getKeyValue("Locked_Reason__s"), "in review");
    assert.equal(info.getKeyValue("Locked_By__s").getName(), "Patricia Boyle");
    assert.equal(info.getKeyValue("Locked_For__s").getKeyValue("id"), lead);
    assert.equal(info.getKeyValue("Lock_Source__s").getValue(), "Manual");
    assert.equal(info.getKeyValue("Record_Locking_Configuration_Id__s"), configuration);
  }
  assert.deepEqual(done(await operations.unlockRecord(id), 200, RecordLocking), [id]);
  nothing(await operations.getRecordLockingInformations());
  savedIds(await leads.updateRecord(lead, body({ City: "Oslo" })), 200, "record updated");
  const removed = await configurations.deleteRecordLockingConfiguration(configuration);
  done(removed, 200, RecordLockingConfiguration, name);
  nothing(await configurations.getRecordLockingConfigurations());
}

async function roles() {
  const operations = new ContactRoles.ContactRolesOperations();
  const roles = async (...items) => wrap(ContactRoles, "ContactRoles", ...items);
  const role = (values) => make(ContactRoles.ContactRole, values);
  const created = await operations.createRoles(
    await roles(
      await role({ Name: "Pilot", SequenceNumber: 1 }),
      await role({ Name: "Cook", SequenceNumber: 2 }),
    ),
  );
  const [pilot, cook] = done(created, 200, ContactRoles, "ContactRoles");
  const renamed = await operations.updateContactRole(
    pilot,
    await roles(await role({ Name: "Captain" })),
  );
  done(renamed, 200, ContactRoles, "ContactRoles");
  const several = await operations.updateRoles(
    await roles(await role({ Id: cook, Name: "Chef" })),
  );
  done(several, 200, ContactRoles, "ContactRoles");
  const [one] = read(await operations.getRole(pilot), 200, ContactRoles.ResponseWrapper)
    .getContactRoles();
  assert.equal(one.getName(), "Captain");
  assert.equal(one.getSequenceNumber(), 1);
  const names = async () =>
    read(await operations.getRoles(), 200, ContactRoles.ResponseWrapper)
      .getContactRoles()
      .map((each) => each.getName());
  assert((await names()).includes("Chef"));

  const contact = await createOne("Contacts", { Last_Name: "Ann" });
  const deal = await createOne("Deals", {
    Deal_Name: "Trip",
    Stage: new sdk.Choice("Qualification"),
  });
  const ofDeal = new DealContactRoles.DealContactRolesOperations();
  const link = async (id) =>
    wrap(
      DealContactRoles,
      "Data",
      await make(DealContactRoles.Data, {
        ContactRole: await make(DealContactRoles.ContactRole, { Id: id }),
      }),
    );
  done(
    await ofDeal.associateContactRoleToDeal(contact, deal, await link(pilot)),
    200,
    DealContactRoles,
  );
  const list = async () =>
    ofDeal.getAssociatedContactRoles(
      deal,
      await params([[DealContactRoles.GetAssociatedContactRolesParam.FIELDS, "Last_Name"]]),
    );
  const [row] = read(await list(), 200, DealContactRoles.ResponseWrapper).getData();
  assert(row instanceof DealContactRoles.Data);
  assert.equal(row.getId(), contact);
  assert.equal(row.getContactRole().getName(), "Captain");
  const single = await ofDeal.getAssociatedContactRolesSpecificToContact(contact, deal);
  assert.equal(
    read(single, 200, DealContactRoles.ResponseWrapper).getData()[0].getContactRole().getId(),
    pilot,
  );
  done(await ofDeal.deleteContactRoleRelation(contact, deal), 200, DealContactRoles);
  nothing(await list());
  await ofDeal.associateContactRoleToDeal(contact, deal, await link(cook));
  const ids = await params([
    [DealContactRoles.DeleteAssociatedContactRolesParam.IDS, String(contact)],
  ]);
  done(await ofDeal.deleteAssociatedContactRoles(deal, ids), 200, DealContactRoles);
  nothing(await list());

  done(await operations.deleteContactRole(pilot), 200, ContactRoles, "ContactRoles");
  const rest = await params([[ContactRoles.DeleteContactRolesParam.IDS, String(cook)]]);
  done(await operations.deleteContactRoles(rest), 200, ContactRoles, "ContactRoles");
  assert(!(await names()).includes("Chef"));
}

/** Whose a record is. */
const ownerOf = async (module, id) => (await get(module, id)).getKeyValue("Owner").getId();

async function owners() {
  const account = await createOne("Accounts", { Account_Name: "Owned" });
  const contact = await createOne("Contacts", { Last_Name: "Own", Account_Name: to(account) });
  const owner = await make(ChangeOwner.Owner, { Id: OTHER_USER });
  const related = await make(ChangeOwner.RelatedModules, { APIName: "Contacts" });
  const single = await new ChangeOwner.ChangeOwnerOperations("Accounts").singleUpdate(
    account,
    await make(ChangeOwner.BodyWrapper, { Owner: owner, Notify: false, RelatedModules: [related] }),
  );
  assert.deepEqual(done(single, 200, ChangeOwner), [account]);
  assert.equal(await ownerOf("Accounts", account), OTHER_USER);
  assert.equal(await ownerOf("Contacts", contact), OTHER_USER);
  const both = await create("Leads", { Last_Name: "A" }, { Last_Name: "B" });
  const mass = await new ChangeOwner.ChangeOwnerOperations("Leads").massUpdate(
    await make(ChangeOwner.MassWrapper, { Ids: both, Owner: owner }),
  );
  assert.deepEqual(done(mass, 200, ChangeOwner), both);
  assert.equal(await ownerOf("Leads", both[1]), OTHER_USER);
}

/** The id of a record that details name. */
function idOf(value, type = sdk.Record.Record) {
  assert(value instanceof type, `a ${value?.constructor.name} is no record`);
  return value.getId();
}

async function conversion() {
  const account = await createOne("Accounts", { Account_Name: "Match Ltd" });
  const lead = await createOne("Leads", { Last_Name: "Convert", Company: "Match Ltd" });
  const options = read(
    await new ConversionOption.ConversionOptionOperations(lead).leadConversionOptions(),
    200,
    ConversionOption.ResponseWrapper,
  ).getConversionOptions();
  assert(options instanceof ConversionOption.ConversionOptions);
  assert.equal(options.getAccounts()[0].getId(), account);
  assert.equal(options.getModulePreference().getAPIName(), "Accounts");
  const [match] = options.getPreferenceFieldMatchedValue().getAccounts();
  assert.equal(match.getField().getAPIName(), "Account_Name");
  assert.equal(match.getMatchedLeadValue(), "Match Ltd");

  const converter = await make(ConvertLead.LeadConverter, {
    Overwrite: true,
    NotifyLeadOwner: false,
    NotifyNewEntityOwner: false,
    Accounts: to(account),
    Deals: record({
      Deal_Name: "First",
      Stage: new sdk.Choice("Qualification"),
      Closing_Date: new Date(2027, 1, 3),
      Amount: 12.5,
    }),
    CarryOverTags: await make(ConvertLead.CarryOverTags, { Contacts: [], Accounts: [], Deals: [] }),
  });
  const convert = async () =>
    new ConvertLead.ConvertLeadOperations(lead).convertLead(
      await wrap(ConvertLead, "Data", converter),
    );
  const [made] = succeeded(await convert(), 200, ConvertLead);
  assert.equal(made.message, "The record has been converted successfully");
  assert.equal(idOf(made.Accounts), account);
  const deal = await get("Deals", idOf(made.Deals));
  assert.equal(deal.getKeyValue("Amount"), 12.5);
  assert.equal(deal.getKeyValue("Contact_Name").getId(), idOf(made.Contacts));
  const contact = await get("Contacts", idOf(made.Contacts));
  assert.equal(contact.getKeyValue("Last_Name"), "Convert");
  assert.equal((await get("Leads", lead)).getKeyValue("Converted__s"), true);
  assert.equal(
    read(await convert(), 400, ConvertLead.APIException).getCode().getValue(),
    "ID_ALREADY_CONVERTED",
  );
}

async function quote(product) {
  const name = new sdk.Record.LineItemProduct();
  name.setId(product);
  const item = record({ Product_Name: name, Quantity: 2.0, List_Price: 10.0 });
  return createOne("Quotes", { Subject: "Pumps", Quoted_Items: [item] });
}

async function inventory() {
  const product = await createOne("Products", { Product_Name: "Pump" });
  const first = await quote(product);
  const orders = await make(InventoryConvert.ConvertTo, {
    Module: await make(InventoryConvert.Module, { APIName: "Sales_Orders" }),
    CarryOverTags: true,
  });
  const operations = new InventoryConvert.InventoryConvertOperations(first, "Quotes");
  const converted = await operations.convertInventory(
    await wrap(
      InventoryConvert,
      "Data",
      await make(InventoryConvert.InventoryConverter, { ConvertTo: [orders] }),
    ),
  );
  const [made] = succeeded(converted, 200, InventoryConvert);
  const order = await get("Sales_Orders", idOf(made.Sales_Orders, InventoryConvert.Record));
  assert.equal(order.getKeyValue("Quote_Name").getId(), first);
  assert.equal(order.getKeyValue("Grand_Total"), 20);

  const second = await quote(product);
  const many = new InventoryMassConvert.InventoryMassConvertOperations("Quotes");
  const scheduled = await many.massInventoryConvert(
    await make(InventoryMassConvert.BodyWrapper, {
      Ids: [second],
      ConvertTo: [
        await make(InventoryMassConvert.ConvertTo, {
          Module: await make(InventoryMassConvert.Module, { APIName: "Invoices" }),
          CarryOverTags: false,
        }),
      ],
    }),
  );
  const answer = read(scheduled, 202, InventoryMassConvert.SuccessResponse);
  assert.equal(answer.getCode().getValue(), "SCHEDULED");
  const job = String(answer.getDetails().get("job_id"));
  const status = await ended(async () => {
    const reply = await many.getScheduledJobsDetails(
      await params([[InventoryMassConvert.GetScheduledJobsDetailsParam.JOB_ID, job]]),
    );
    return read(reply, 200, InventoryMassConvert.ResponseWrapper).getData()[0];
  });
  assert.deepEqual(
    [status.getStatus(), status.getTotalCount(), status.getConvertedCount(), status.getFailedCount()],
    ["COMPLETED", 1, 1, 0],
  );
  assert.equal((await get("Quotes", second)).getKeyValue("$converted"), true);
}

/** What merges a child's e-mail address into the master. */
async function merging(child) {
  const fields = [await make(FindAndMerge.DataFields, { APIName: "Email" })];
  const merge = await make(FindAndMerge.Merge, {
    Data: [await make(FindAndMerge.MergeData, { Id: child, Fields: fields })],
  });
  return wrap(FindAndMerge, "Merge", merge);
}

async function masterAndChild() {
  return create(
    "Contacts",
    { Last_Name: "Master", Phone: "1" },
    { Last_Name: "Child", Phone: "2", Email: "child@example.com" },
  );
}

async function isMerged(master, child) {
  const kept = await get("Contacts", master);
  assert.deepEqual(
    ["Last_Name", "Phone", "Email"].map((name) => kept.getKeyValue(name)),
    ["Master", "1", "child@example.com"],
  );
  nothing(await new RecordOperations("Contacts").getRecord(child));
}

async function merge() {
  const [master, child] = await masterAndChild();
  const operations = new FindAndMerge.FindAndMergeOperations("Contacts", master);
  const merged = await operations.mergeRecords(await merging(child));
  const [row] = succeeded(merged, 201, FindAndMerge, "Merge");
  assert.equal(row.message, "The records has been merged successfully");
  assert.equal(BigInt(row.id), master);
  await isMerged(master, child);
}

async function largeMerge() {
  const [master, child] = await masterAndChild();
  const row = { Subject: "T", Who_Id: String(child) };
  for (let made = 0; made < 1100; made += 100) {
    await call("POST", "/crm/v8/Tasks", { data: Array(100).fill(row) });
  }
  const operations = new FindAndMerge.FindAndMergeOperations("Contacts", master);
  const scheduled = await operations.mergeRecords(await merging(child));
  const [answer] = succeeded(scheduled, 201, FindAndMerge, "Merge");
  assert.equal(answer.message, "The records have been scheduled in a scheduler");
  const job = await ended(async () => {
    const reply = await operations.getRecordMerge(
      await params([[FindAndMerge.GetRecordMergeParam.JOB_ID, String(answer.job_id)]]),
    );
    return read(reply, 200, FindAndMerge.ResponseWrapper).getMerge()[0];
  });
  assert.deepEqual([job.getJobId(), job.getStatus()], [BigInt(answer.job_id), "completed"]);
  await isMerged(master, child);
  const count = await new RecordOperations("Tasks").recordCount(
    await params([[sdk.Record.RecordCountParam.CRITERIA, `(Who_Id:equals:${master})`]]),
  );
  assert.equal(read(count, 200, sdk.Record.CountWrapper).getCount(), 1100n);
}

async function uploadedPicture() {
  const form = await make(Files.BodyWrapper, { File: [file("dot.png", PNG)] });
  return succeeded(await new Files.FilesOperations().uploadFiles(form), 200, Files)[0].id;
}

async function fieldFiles() {
  const form = await make(Files.BodyWrapper, { File: [file("paper.txt", "in a field")] });
  const [uploaded] = succeeded(await new Files.FilesOperations().uploadFiles(form), 200, Files);
  const details = await make(sdk.Record.FileDetails, { FileIdS: uploaded.id });
  const picture = await make(sdk.Record.ImageUpload, { FileIdS: await uploadedPicture() });
  const lead = await createOne("Leads", {
    Last_Name: "Filed",
    Papers: [details],
    Pictures: [picture],
  });
  const [image] = (await get("Leads", lead)).getKeyValue("Pictures");
  assert(image instanceof sdk.Record.ImageUpload);
  assert.equal(image.getFileNameS(), "dot.png");
  assert.equal(image.getSizeS(), String(PNG.length));
  const [paper] = (await get("Leads", lead)).getKeyValue("Papers");
  assert(paper instanceof sdk.Record.FileDetails);
  assert.equal(paper.getFileNameS(), "paper.txt");
  assert.equal(paper.getSizeS(), "10");
  const operations = new FieldAttachments.FieldAttachmentsOperations(
    "Leads",
    lead,
    BigInt(paper.getId()),
  );
  const [name, content] = await download(
    await operations.getFieldAttachments(),
    FieldAttachments.FileBodyWrapper,
  );
  assert.deepEqual([name, content.toString()], ["paper.txt", "in a field"]);
}

async function meeting() {
  const guest = await make(sdk.Record.Participants, {
    Participant: String(await createOne("Contacts", { Last_Name: "Guest" })),
    Type: "contact",
  });
  const tomorrow = Date.now() + 86_400_000;
  const event = await createOne("Events", {
    Event_Title: "Lunch",
    Start_DateTime: new Date(tomorrow),
    End_DateTime: new Date(tomorrow + 3_600_000),
    Participants: [guest],
    $send_notification: true,
  });
  const notify = await make(CancelMeetings.Notify, { SendCancellingMail: false });
  const cancelled = await new CancelMeetings.CancelMeetingsOperations(event).cancelMeetings(
    await wrap(CancelMeetings, "Data", notify),
  );
  assert.deepEqual(done(cancelled, 200, CancelMeetings), [event]);
  assert.equal((await get("Events", event)).getKeyValue("$event_cancelled"), true);
}

async function massUpdate() {
  const { MassUpdateBodyWrapper, MassUpdateActionWrapper, GetMassUpdateStatusParam } = sdk.Record;
  const { MassUpdateResponseWrapper, MassUpdateSuccessResponse, MassUpdate } = sdk.Record;
  const [first, second] = await create("Leads", { Last_Name: "U1" }, { Last_Name: "U2" });
  const named = await leads.massUpdateRecords(
    await make(MassUpdateBodyWrapper, {
      Data: [record({ City: "Oslo" })],
      Ids: [String(first), String(second)],
      OverWrite: true,
    }),
  );
  for (const row of read(named, 200, MassUpdateActionWrapper).getData()) {
    assert(row instanceof MassUpdateSuccessResponse, JSON.stringify(row));
    assert.equal(row.getMessage().getValue(), "record updated");
  }
  const oslo = await view("Oslo");
  const found = await inView(oslo);
  assert(found >= 2);
  const scheduled = await leads.massUpdateRecords(
    await make(MassUpdateBodyWrapper, {
      Data: [record({ Industry: new sdk.Choice("ERP") })],
      Cvid: String(oslo),
      OverWrite: true,
    }),
  );
  const [row] = read(scheduled, 200, MassUpdateActionWrapper).getData();
  assert.equal(row.getMessage().getValue(), "mass update scheduled successfully");
  const job = String(row.getDetails().get("job_id"));
  const status = await ended(async () => {
    const reply = await leads.getMassUpdateStatus(
      await params([[GetMassUpdateStatusParam.JOB_ID, job]]),
    );
    return read(reply, 200, MassUpdateResponseWrapper).getData()[0];
  });
  assert(status instanceof MassUpdate);
  assert.deepEqual(
    [status.getStatus().getValue(), status.getTotalCount(), status.getUpdatedCount()],
    ["COMPLETED", found, found],
  );
  assert.equal((await get("Leads", second)).getKeyValue("Industry").getValue(), "ERP");
  return [first, second];
}

async function massDelete() {
  const [first, ...rest] = await create(
    "Leads",
    { Last_Name: "D1", City: "Bonn" },
    { Last_Name: "D2", City: "Bonn" },
    { Last_Name: "D3", City: "Bonn" },
  );
  const operations = new MassDeleteCvid.MassDeleteCvidOperations("Leads");
  const named = await operations.massDeleteByRecordId(
    await make(MassDeleteCvid.RecordIdBodyWrapper, { Ids: [first] }),
  );
  assert.deepEqual(done(named, 200, MassDeleteCvid), [first]);
  const bonn = await view("Bonn");
  assert.equal(await inView(bonn), rest.length);
  const scheduled = await operations.massDeleteByCvid(
    await make(MassDeleteCvid.CvidBodyWrapper, { Cvid: bonn }),
  );
  const [answer] = succeeded(scheduled, 200, MassDeleteCvid);
  assert.equal(answer.message, "mass delete scheduled successfully");
  const status = await ended(async () => {
    const reply = await operations.getMassDeleteStatus(
      await params([[MassDeleteCvid.GetMassDeleteStatusParam.JOB_ID, String(answer.job_id)]]),
    );
    return read(reply, 200, MassDeleteCvid.ResponseWrapper).getData()[0];
  });
  assert.deepEqual(
    [status.getStatus().getValue(), status.getTotalCount(), status.getDeletedCount()],
    ["COMPLETED", 2, 2],
  );
  assert.equal(await inView(bonn), 0);
}

async function massOwner() {
  const [lead] = await create("Leads", { Last_Name: "O", City: "Turin" });
  const turin = await view("Turin");
  const operations = new MassChangeOwner.MassChangeOwnerOperations("Leads");
  const scheduled = await operations.changeOwner(
    await make(MassChangeOwner.BodyWrapper, {
      Cvid: turin,
      Owner: await make(MassChangeOwner.Owner, { Id: OTHER_USER }),
    }),
  );
  const [answer] = succeeded(scheduled, 202, MassChangeOwner);
  const status = await ended(async () => {
    const reply = await operations.checkStatus(
      await params([[MassChangeOwner.CheckStatusParam.JOB_ID, String(answer.job_id)]]),
    );
    return read(reply, 200, MassChangeOwner.ResponseWrapper).getData()[0];
  });
  assert.deepEqual(
    [status.getStatus().getValue(), status.getTotalCount(), status.getUpdatedCount()],
    ["COMPLETED", 1, 1],
  );
  assert.equal(await ownerOf("Leads", lead), OTHER_USER);
}

async function massConvert() {
  const both = await create(
    "Leads",
    { Last_Name: "C1", Company: "One" },
    { Last_Name: "C2", Company: "Two" },
  );
  const operations = new MassConvert.MassConvertOperations();
  const scheduled = await operations.massConvert(
    await make(MassConvert.BodyWrapper, {
      Ids: both,
      AssignTo: await make(MassConvert.AssignTo, { Id: OTHER_USER }),
      Deals: record({
        Deal_Name: "Mass",
        Stage: new sdk.Choice("Qualification"),
        Closing_Date: new Date(2027, 0, 1),
      }),
    }),
  );
  const answer = read(scheduled, 202, MassConvert.SuccessResponse);
  assert.equal(answer.getCode().getValue(), "SCHEDULED");
  const job = String(answer.getDetails().get("job_id"));
  const status = await ended(async () => {
    const reply = await operations.getJobStatus(
      await params([[MassConvert.GetJobStatusParam.JOB_ID, job]]),
    );
    return read(reply, 200, MassConvert.ResponseWrapper).getData()[0];
  });
  assert.deepEqual(
    [status.getStatus(), status.getTotalCount(), status.getConvertedCount(), status.getFailedCount()],
    ["completed", 2, 2, 0],
  );
  const lead = await get("Leads", both[1]);
  assert.equal(lead.getKeyValue("Converted__s"), true);
  assert.equal(await ownerOf("Contacts", lead.getKeyValue("Converted_Contact").getId()), OTHER_USER);
}

await start();
await new sdk.Org.OrgOperations().getOrganization();
await steps(
  customFields,
  locks,
  roles,
  owners,
  conversion,
  inventory,
  merge,
  largeMerge,
  fieldFiles,
  meeting,
  massUpdate,
  massDelete,
  massOwner,
  massConvert,
);
