// The client of version 8, as published, shapes an org: fields, layouts, tags, pick lists, pipelines, views.
import assert from "node:assert/strict";
import * as sdk from "@zohocrm/nodejs-sdk-8.0";
import { body, call, done, make, params, read, savedIds, start, wrap } from "./client.js";

const { Fields, Layouts, Tags, GlobalPicklists, Pipeline, CustomViews } = sdk;

const inLeads = (type) => params([[type.MODULE, "Leads"]]);

async function fields() {
  const operations = new Fields.FieldsOperations();
  const text = await make(Fields.Fields, { FieldLabel: "Badge", DataType: "text", Length: 20 });
  const value = await make(Fields.PickListValue, { DisplayValue: "East", ActualValue: "East" });
  const list = await make(Fields.Fields, {
    FieldLabel: "Region",
    DataType: "picklist",
    PickListValues: [value],
  });
  const created = await operations.createField(
    await wrap(Fields, "Fields", text, list),
    await inLeads(Fields.CreateFieldParam),
  );
  const [badge, region] = done(created, 201, Fields, "Fields");

  const change = await make(Fields.Fields, { FieldLabel: "Badge number", Length: 30 });
  const updated = await operations.updateField(
    badge,
    await wrap(Fields, "Fields", change),
    await inLeads(Fields.UpdateFieldParam),
  );
  assert.deepEqual(done(updated, 200, Fields, "Fields"), [badge]);
  const west = await make(Fields.PickListValue, { DisplayValue: "West", ActualValue: "West" });
  const more = await make(Fields.Fields, { Id: region, PickListValues: [west] });
  const several = await operations.updateFields(
    await wrap(Fields, "Fields", more),
    await inLeads(Fields.UpdateFieldsParam),
  );
  assert.deepEqual(done(several, 200, Fields, "Fields"), [region]);

  const get = async (id) =>
    operations.getField(id, await inLeads(Fields.GetFieldParam));
  const [one] = read(await get(badge), 200, Fields.ResponseWrapper).getFields();
  assert.equal(one.getFieldLabel(), "Badge number");
  assert.equal(one.getLength(), 30);
  const [values] = read(await get(region), 200, Fields.ResponseWrapper).getFields();
  assert.deepEqual(
    values.getPickListValues().map((entry) => entry.getDisplayValue()),
    ["East", "West"],
  );

  const leads = new sdk.Record.RecordOperations("Leads");
  const rows = body({ Last_Name: "L", Company: "C", Badge: "b7", Region: new sdk.Choice("West") });
  savedIds(await leads.createRecords(rows), 201, "record added");

  const deleted = await operations.deleteField(badge, await inLeads(Fields.DeleteFieldParam));
  assert.deepEqual(done(deleted, 200, Fields, "Fields"), [badge]);
  assert.equal((await get(badge)).getStatusCode(), 400);
  const standard = await operations.deleteField(1n, await inLeads(Fields.DeleteFieldParam));
  assert.equal(read(standard, 400, Fields.APIException).getCode().getValue(), "INVALID_DATA");
  return region;
}

/** The API has no operation that makes a layout. */
async function copyOfLayout(module, name) {
  const path = `/clientele/v1/settings/layouts?module=${module}`;
  const made = await call("POST", path, { layouts: [{ name }] });
  return BigInt(made.layouts[0].details.id);
}

async function layouts(region) {
  const operations = new Layouts.LayoutsOperations();
  const id = await copyOfLayout("Leads", "Fair");
  const get = async () => {
    const reply = await operations.getLayout(id, await inLeads(Layouts.GetLayoutParam));
    return read(reply, 200, Layouts.ResponseWrapper).getLayouts()[0];
  };
  const all = await operations.getLayouts(await inLeads(Layouts.GetLayoutsParam));
  const standard = read(all, 200, Layouts.ResponseWrapper).getLayouts()[0];
  const names = (layout) => layout.getSections().map((section) => section.getDisplayLabel());
  assert(names(standard).includes("Lead Information"));

  const section = await make(Layouts.Sections, {
    DisplayLabel: "Booth",
    Name: "Booth",
    ColumnCount: 1,
    TabTraversal: "top_to_bottom",
    Fields: [
      await make(Layouts.SectionField, { Id: region, Required: true }),
      await make(Layouts.SectionField, { FieldLabel: "Hall", DataType: "text", Length: 10 }),
    ],
  });
  const change = await make(Layouts.Layouts, { Name: "Trade fair", Sections: [section] });
  const update = async (layout) =>
    operations.updateCustomLayout(
      id,
      await wrap(Layouts, "Layouts", layout),
      await inLeads(Layouts.UpdateCustomLayoutParam),
    );
  assert.deepEqual(done(await update(change), 200, Layouts, "Layouts"), [id]);
  const now = await get();
  assert.equal(now.getName(), "Trade fair");
  const booth = now.getSections().find((one) => one.getDisplayLabel() === "Booth");
  assert.deepEqual(booth.getFields().map((field) => field.getAPIName()), ["Region", "Hall"]);
  assert.equal(booth.getFields()[0].getRequired(), true);

  const away = await make(Layouts.Delete1, { Permanent: false });
  const gone = await make(Layouts.Sections, { Id: booth.getId(), Delete: away });
  done(await update(await make(Layouts.Layouts, { Sections: [gone] })), 200, Layouts, "Layouts");
  assert(!names(await get()).includes("Booth"));

  const { DeactivateCustomLayoutParam, DeleteCustomLayoutParam } = Layouts;
  const to = (type) => params([[type.MODULE, "Leads"], [type.TRANSFER_TO, String(standard.getId())]]);
  const off = await operations.deactivateCustomLayout(id, await to(DeactivateCustomLayoutParam));
  done(off, 200, Layouts, "Layouts");
  assert.equal((await get()).getStatus(), "inactive");
  const profile = await make(Layouts.Profiles, { Id: standard.getProfiles()[0].getId() });
  const on = await operations.activateCustomLayout(
    id,
    await wrap(Layouts, "Layouts", await make(Layouts.Layouts, { Profiles: [profile] })),
    await inLeads(Layouts.ActivateCustomLayoutParam),
  );
  done(on, 200, Layouts, "Layouts");
  assert.equal((await get()).getStatus(), "active");
  const last = await operations.deleteCustomLayout(id, await to(DeleteCustomLayoutParam));
  assert.deepEqual(done(last, 200, Layouts, "Layouts"), [id]);
}

async function tags() {
  const operations = new Tags.TagsOperations();
  const tag = async (values) => wrap(Tags, "Tags", await make(Tags.Tag, values));
  const create = async (name) => {
    const reply = await operations.createTags(
      await tag({ Name: name, ColorCode: new sdk.Choice("#F17574") }),
      await inLeads(Tags.CreateTagsParam),
    );
    return done(reply, 201, Tags, "Tags")[0];
  };
  const hot = await create("Hot");
  const warm = await create("Warm");
  const renamed = await operations.updateTag(
    hot,
    await tag({ Name: "Boiling" }),
    await inLeads(Tags.UpdateTagParam),
  );
  assert.deepEqual(done(renamed, 200, Tags, "Tags"), [hot]);

  const leads = new sdk.Record.RecordOperations("Leads");
  const [lead] = savedIds(
    await leads.createRecords(body({ Last_Name: "T", Company: "C" })),
    201,
    "record added",
  );
  const named = await make(Tags.NewTagRequestWrapper, {
    Tags: [await make(Tags.Tag, { Name: "Warm" })],
  });
  const added = await operations.addTags("Leads", lead, named);
  assert.equal(
    read(added, 200, Tags.RecordActionWrapper).getData()[0].getStatus().getValue(),
    "success",
  );
  const count = async (id) => {
    const reply = await operations.getRecordCountForTag(
      id,
      await inLeads(Tags.GetRecordCountForTagParam),
    );
    return Number(read(reply, 200, Tags.CountResponseWrapper).getCount());
  };
  assert.equal(await count(warm), 1);
  const conflict = await make(Tags.ConflictWrapper, { ConflictId: String(warm) });
  const merged = await operations.mergeTags(hot, await make(Tags.MergeWrapper, { Tags: [conflict] }));
  done(merged, 200, Tags, "Tags");
  assert.equal(await count(hot), 1);
  done(await operations.deleteTag(hot), 200, Tags, "Tags");
  const list = await operations.getTags(await inLeads(Tags.GetTagsParam));
  const left = read(list, 200, Tags.ResponseWrapper).getTags().map((one) => one.getName());
  assert.deepEqual(left, []);
}

async function globalPickLists() {
  const operations = new GlobalPicklists.GlobalPicklistsOperations();
  const { PickListValues, Picklist } = GlobalPicklists;
  const value = (name) =>
    make(PickListValues, {
      DisplayValue: name,
      ActualValue: name,
      ReferenceValue: name.toLowerCase(),
      Type: new sdk.Choice("used"),
    });
  const list = await make(Picklist, {
    DisplayLabel: "Market",
    PickListValues: [await value("Home"), await value("Abroad")],
  });
  const created = await operations.createGlobalPicklist(
    await wrap(GlobalPicklists, "GlobalPicklists", list),
  );
  const [id] = done(created, 201, GlobalPicklists, "GlobalPicklists");
  const change = await make(Picklist, { Description: "Where it is sold" });
  const updated = await operations.updateGlobalPicklist(
    id,
    await wrap(GlobalPicklists, "GlobalPicklists", change),
  );
  assert.deepEqual(done(updated, 200, GlobalPicklists, "GlobalPicklists"), [id]);
  const get = async () => {
    const reply = await operations.getGlobalPicklist(id);
    return read(reply, 200, GlobalPicklists.ResponseWrapper).getGlobalPicklists()[0];
  };
  assert.equal((await get()).getDescription(), "Where it is sold");
  const values = (await get()).getPickListValues();
  assert.deepEqual(values.map((one) => one.getDisplayValue()), ["Home", "Abroad"]);
  const all = await operations.getGlobalPicklists();
  assert.equal(read(all, 200, GlobalPicklists.ResponseWrapper).getGlobalPicklists().length, 1);
  const none = await operations.getAssociations(id);
  assert.equal(none.getStatusCode(), 204);
  const deleted = await operations.deleteGlobalPicklist(id);
  assert.equal(deleted.getStatusCode(), 202);
}

async function pipelines() {
  const layout = await copyOfLayout("Deals", "Rent");
  const operations = new Pipeline.PipelineOperations(layout);
  const list = async () =>
    read(await operations.getPipelines(), 200, Pipeline.ResponseWrapper).getPipeline();
  const [standard] = await list();
  const stages = standard.getMaps();
  const map = (stage, place) => make(Pipeline.Maps, { Id: stage.getId(), SequenceNumber: place });
  const maps = [await map(stages[0], 1), await map(stages[1], 2)];
  const created = await operations.createPipeline(
    await wrap(
      Pipeline,
      "Pipeline",
      await make(Pipeline.Pipeline, { DisplayValue: "Short", Default: true, Maps: maps }),
    ),
  );
  const [id] = done(created, 201, Pipeline, "Pipeline");
  const updated = await operations.updatePipeline(
    id,
    await wrap(
      Pipeline,
      "Pipeline",
      await make(Pipeline.Pipeline, { DisplayValue: "Shorter", Maps: maps.slice(0, 1) }),
    ),
  );
  assert.deepEqual(done(updated, 200, Pipeline, "Pipeline"), [id]);
  const one = read(await operations.getPipeline(id), 200, Pipeline.ResponseWrapper).getPipeline()[0];
  assert.equal(one.getDisplayValue(), "Shorter");
  assert.equal(one.getMaps().length, 1);

  const transfer = await make(Pipeline.TransferPipeline, {
    Pipeline: await make(Pipeline.TPipeline, { From: id, To: standard.getId() }),
    Stages: [await make(Pipeline.Stages, { From: stages[0].getId(), To: stages[1].getId() })],
  });
  const moved = await operations.transferPipelines(
    await make(Pipeline.TransferPipelineWrapper, { TransferPipeline: [transfer] }),
  );
  assert.equal(
    read(moved, 200, Pipeline.TransferPipelineActionWrapper)
      .getTransferPipeline()[0]
      .getStatus()
      .getValue(),
    "success",
  );
  assert.equal((await list()).length, 1);
}

async function sorting() {
  const operations = new CustomViews.CustomViewsOperations();
  const list = await operations.getCustomViews(await inLeads(CustomViews.GetCustomViewsParam));
  const [view] = read(list, 200, CustomViews.ResponseWrapper).getCustomViews();
  const sortBy = await make(CustomViews.SortBy, { APIName: "Last_Name" });
  const change = await make(CustomViews.CustomViews, {
    SortBy: sortBy,
    SortOrder: new sdk.Choice("desc"),
  });
  const sorted = await operations.changeSortOrderOfCustomView(
    view.getId(),
    await wrap(CustomViews, "CustomViews", change),
    await inLeads(CustomViews.ChangeSortOrderOfCustomViewParam),
  );
  assert.deepEqual(done(sorted, 200, CustomViews, "CustomViews"), [view.getId()]);
  const reply = await operations.getCustomView(
    view.getId(),
    await inLeads(CustomViews.GetCustomViewParam),
  );
  const [now] = read(reply, 200, CustomViews.ResponseWrapper).getCustomViews();
  assert.equal(now.getSortBy().getAPIName(), "Last_Name");
  assert.equal(now.getSortOrder().getValue(), "desc");
}

await start();
const region = await fields();
console.log("fields");
await layouts(region);
console.log("layouts");
await tags();
console.log("tags");
await globalPickLists();
console.log("global pick lists");
await pipelines();
console.log("pipelines");
await sorting();
console.log("views");
console.log("done");
