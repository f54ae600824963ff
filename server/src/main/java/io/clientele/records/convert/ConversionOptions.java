package io.clientele.records.convert;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.leadconversion.LeadConversionMapping;
import io.clientele.records.convert.LeadMatches.Found;
import io.clientele.records.convert.LeadMatches.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** GET /Leads/{id}/__conversion_options. Reference: Lead Conversion Options. */
final class ConversionOptions {
  private static final String FULL_NAME = "Full_Name";

  private final Database database;
  private final ModuleTables tables;
  private final Access access;

  ConversionOptions(Database database, ModuleTables tables, Access access) {
    this.database = database;
    this.tables = tables;
    this.access = access;
  }

  /**
   * What the lead may be converted to; 204 when nothing matches it and there is no layout to
   * choose.
   */
  Reply get(Metadata metadata, long userId, long leadId) {
    Module leads = metadata.get(LeadConversionMapping.LEADS);
    access.require(metadata, userId, Action.READ, leads);
    record Options(Found found, List<ObjectNode> contacts, List<ObjectNode> accounts) {}
    Options options =
        database.read(
            tx -> {
              ObjectNode lead = lead(tx, metadata, userId, leadId);
              Found found = new LeadMatches(metadata, tables, access, userId).find(tx, lead);
              return new Options(
                  found,
                  found.contacts().map(match -> contacts(tx, metadata, match)).orElse(List.of()),
                  found.accounts().map(match -> accounts(tx, metadata, match)).orElse(List.of()));
            });
    List<Module> choices =
        LeadConversionMapping.MODULES.stream()
            .map(metadata::get)
            .filter(module -> module.layouts().stream().filter(Layout::active).count() > 1)
            .toList();
    if (options.found.preferred().isEmpty() && choices.isEmpty()) {
      return Reply.noContent();
    }
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.object(
                        "__conversion_options",
                        inner ->
                            inner
                                .value(
                                    "module_preference",
                                    out -> preference(out, options.found.preferred()))
                                .value("Contacts", out -> records(out, options.contacts))
                                .value(
                                    "preference_field_matched_value",
                                    out -> matched(out, options.found))
                                .value("Accounts", out -> records(out, options.accounts))
                                .value(
                                    "modules_with_multiple_layouts",
                                    out -> modules(out, choices)))));
  }

  /** What matching asks of a lead. */
  private ObjectNode lead(Transaction tx, Metadata metadata, long userId, long leadId) {
    Module leads = metadata.get(LeadConversionMapping.LEADS);
    Sql statement =
        sql(
                "select row_to_json(t)::text from "
                    + tables.of(metadata, leads)
                    + " t where t.\"id\" = ? and not t.\"converted__s\" and",
                leadId)
            .then(access.rows(metadata, userId, Action.READ, leads));
    var row =
        tx.find(statement, found -> Json.MAPPER.readTree(found.getString(1)))
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("resource_path_index", 1)
                        .message("the given id seems to be invalid"));
    ObjectNode lead = Json.MAPPER.createObjectNode();
    leads
        .fields()
        .forEach(
            field -> {
              if (field.stored().isPresent()) {
                lead.set(field.apiName(), row.path(field.column()));
              }
            });
    if (lead.path("Locked__s").asBoolean(false)) {
      throw ErrorCode.RECORD_LOCKED
          .with("resource_path_index", 1)
          .message("record under merge is locked");
    }
    return lead;
  }

  private List<ObjectNode> contacts(Transaction tx, Metadata metadata, Match match) {
    String accounts = tables.of(metadata, metadata.get("Accounts"));
    return tx.list(
        sql(
            "select t.\"id\", t.full_name, t.email, t.layout, t.locked__s, a.\"id\","
                + " a.account_name, a.locked__s, t.data_processing_basis from "
                + tables.of(metadata, match.module())
                + " t left join "
                + accounts
                + " a on a.\"id\" = t.account_name where t.\"id\" = any(?) order by t.\"id\"",
            (Object) match.ids().toArray(Long[]::new)),
        row -> {
          ObjectNode contact = Json.MAPPER.createObjectNode();
          contact.put(FULL_NAME, row.getString(2)).put("Email", row.getString(3));
          layout(contact, metadata, row.getLong(4));
          contact.put("Locked__s", row.getBoolean(5));
          if (row.getLong(6) == 0) {
            contact.putNull("Account_Name");
          } else {
            contact
                .putObject("Account_Name")
                .put("name", row.getString(7))
                .put("Locked__s", row.getBoolean(8))
                .put("id", Long.toString(row.getLong(6)));
          }
          return contact
              .put("$editable", true)
              .put("id", Long.toString(row.getLong(1)))
              .put("$approval_state", "approved")
              .put("Data_Processing_Basis", row.getString(9));
        });
  }

  private List<ObjectNode> accounts(Transaction tx, Metadata metadata, Match match) {
    return tx.list(
        sql(
            "select t.\"id\", t.account_name, t.phone, t.account_type, t.website, t.locked__s from "
                + tables.of(metadata, match.module())
                + " t where t.\"id\" = any(?) order by t.\"id\"",
            (Object) match.ids().toArray(Long[]::new)),
        row ->
            Json.MAPPER
                .createObjectNode()
                .put("Phone", row.getString(3))
                .put("Account_Type", row.getString(4))
                .put("Locked__s", row.getBoolean(6))
                .put("Website", row.getString(5))
                .put("Account_Name", row.getString(2))
                .put("$editable", true)
                .put("id", Long.toString(row.getLong(1)))
                .put("$approval_state", "approved"));
  }

  private static void layout(ObjectNode record, Metadata metadata, long id) {
    metadata
        .findLayout(id)
        .ifPresent(
            layout ->
                record
                    .putObject("Layout")
                    .put("name", layout.name())
                    .put("id", Long.toString(layout.id())));
  }

  private static void preference(JsonGenerator json, Optional<Module> module) {
    if (module.isEmpty()) {
      json.writeNull();
    } else {
      Keys.object(
          json, keys -> keys.text("api_name", module.get().apiName()).id("id", module.get().id()));
    }
  }

  private static void records(JsonGenerator json, List<ObjectNode> records) {
    if (records.isEmpty()) {
      json.writeNull();
    } else {
      json.writeStartArray();
      records.forEach(json::writeTree);
      json.writeEndArray();
    }
  }

  private static void matched(JsonGenerator json, Found found) {
    if (found.preferred().isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    matched(json, "Contacts", found.contacts());
    matched(json, "Accounts", found.accounts());
    json.writeEndObject();
  }

  private static void matched(JsonGenerator json, String name, Optional<Match> match) {
    json.writeName(name);
    if (match.isEmpty()) {
      json.writeNull();
      return;
    }
    ObjectNode matched = Json.MAPPER.createObjectNode();
    var field = match.get().field();
    ObjectNode described =
        matched
            .putObject("field")
            .put("api_name", field.apiName())
            .put("field_label", field.definition().path("field_label").asString(""));
    if (field.isUnique()) {
      described.put("unique", true);
    } else {
      described.putNull("unique");
    }
    described.put("id", Long.toString(field.id()));
    matched.put("matched_lead_value", match.get().value());
    json.writeStartArray();
    json.writeTree(matched);
    json.writeEndArray();
  }

  private static void modules(JsonGenerator json, List<Module> modules) {
    var list = new ArrayList<ObjectNode>();
    for (Module module : modules) {
      list.add(
          Json.MAPPER
              .createObjectNode()
              .put("api_name", module.apiName())
              .put("id", Long.toString(module.id())));
    }
    records(json, list);
  }
}
