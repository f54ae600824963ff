package io.clientele.records.convert;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.leadconversion.LeadConversionMapping;
import io.clientele.metadata.leadconversion.LeadConversionMapping.Pair;
import io.clientele.records.LockedAction;
import io.clientele.records.Outcome;
import io.clientele.records.RecordChange;
import io.clientele.records.convert.LeadMatches.Match;
import io.clientele.records.merge.MergeJob;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts a lead: an account of its company, a contact of the person, a deal if one is wanted, and
 * what hangs on the lead goes to them; all of it in the change it is given, or nothing. Reference:
 * Convert Lead.
 */
final class LeadConversion {
  private static final String LOCKED = "You cannot perform this operation as the record is locked.";

  static final String MERGING = "record under merge is locked";

  private final ModuleTables tables;
  private final Access access;

  LeadConversion(ModuleTables tables, Access access) {
    this.tables = tables;
    this.access = access;
  }

  /** A record that came of the lead. */
  record Converted(long id, String name) {}

  /** What came of the lead. */
  record Result(Converted contact, Optional<Converted> account, Optional<Converted> deal) {}

  /**
   * @throws io.clientele.error.ApiError ID_ALREADY_CONVERTED, RECORD_LOCKED, INVALID_DATA about the
   *     lead, or what is wrong with the records that would come of it
   */
  Result convert(RecordChange change, long leadId, LeadRequest request) {
    var metadata = change.stamp().metadata();
    access.require(
        metadata,
        change.stamp().userId(),
        Action.permission("Convert", LeadConversionMapping.LEADS));
    ObjectNode lead = lead(change, leadId);
    return new OneLead(change, leadId, lead, request).convert();
  }

  private static ObjectNode lead(RecordChange change, long leadId) {
    Module leads = change.stamp().metadata().get(LeadConversionMapping.LEADS);
    ObjectNode lead =
        change
            .read(leads, leadId, Action.READ)
            .orElseThrow(() -> ErrorCode.INVALID_DATA.with("resource_path_index", 1));
    if (lead.path("Converted__s").asBoolean(false)) {
      throw ErrorCode.ID_ALREADY_CONVERTED.with("resource_path_index", 1);
    }
    if (!change.locks(leads).stopped(LockedAction.CONVERT, List.of(leadId)).isEmpty()) {
      throw ErrorCode.RECORD_LOCKED.with("resource_path_index", 1).message(LOCKED);
    }
    var org = change.stamp().metadata().org();
    if (MergeJob.isUnderWay(change.tx(), org, List.of(leadId))) {
      throw ErrorCode.RECORD_LOCKED.with("resource_path_index", 1).message(MERGING);
    }
    return lead;
  }

  /** The conversion of one lead, under way. */
  private final class OneLead {
    private final RecordChange change;
    private final Metadata metadata;
    private final long leadId;
    private final ObjectNode lead;
    private final LeadRequest request;

    OneLead(RecordChange change, long leadId, ObjectNode lead, LeadRequest request) {
      this.change = change;
      this.metadata = change.stamp().metadata();
      this.leadId = leadId;
      this.lead = lead;
      this.request = request;
    }

    Result convert() {
      Optional<ObjectNode> contact = existing("Contacts", request.contact(), match(true));
      Optional<Converted> account = account(contact);
      Converted person =
          contact.map(found -> associate(found, account)).orElseGet(() -> newContact(account));
      Optional<Converted> deal = request.deal().map(values -> newDeal(values, person, account));
      new CarryOver(change, leadId, person, account, deal).carry(request);
      markLead(person, account, deal);
      return new Result(person, account, deal);
    }

    /** Looked for only when the client wants existing records to be used. */
    private Optional<Long> match(boolean contacts) {
      if (!request.addToExisting()) {
        return Optional.empty();
      }
      var found =
          new LeadMatches(metadata, tables, access, change.stamp().userId())
              .find(change.tx(), lead);
      Optional<Match> match = contacts ? found.contacts() : found.accounts();
      return match.map(one -> one.ids().getFirst());
    }

    private Optional<ObjectNode> existing(
        String moduleName, Optional<Long> given, Optional<Long> match) {
      Module module = metadata.get(moduleName);
      if (given.isPresent()) {
        return Optional.of(
            change
                .read(module, given.get(), Action.READ)
                .orElseThrow(
                    () ->
                        LeadRequestReader.invalidId(
                            moduleName, "$.data[0]." + moduleName + ".id")));
      }
      return match.flatMap(id -> change.read(module, id, Action.READ));
    }

    /** None without a company, unless one is named. */
    private Optional<Converted> account(Optional<ObjectNode> contact) {
      Optional<ObjectNode> account = existing("Accounts", request.account(), match(false));
      if (account.isPresent()) {
        return account.map(this::useAccount);
      }
      JsonNode ofContact =
          contact.map(found -> found.path("Account_Name")).orElse(Json.MAPPER.nullNode());
      if (ofContact.isObject() && !request.overwrite()) {
        return Optional.of(
            new Converted(
                Long.parseLong(ofContact.path("id").asString()),
                ofContact.path("name").asString("")));
      }
      if (lead.path("Company").asString("").isBlank()) {
        return Optional.empty();
      }
      ObjectNode row = mapped("Accounts");
      long id = create("Accounts", row);
      return Optional.of(new Converted(id, row.path("Account_Name").asString()));
    }

    /** Its data stay; its name becomes the lead's company when that is wanted. */
    private Converted useAccount(ObjectNode account) {
      long id = Long.parseLong(account.path("id").asString());
      String name = account.path("Account_Name").asString("");
      String company = lead.path("Company").asString("");
      ObjectNode row = Json.MAPPER.createObjectNode();
      if (request.account().isPresent()
          && request.overwrite()
          && !company.isBlank()
          && !company.equals(name)) {
        row.put("Account_Name", company);
        name = company;
      }
      addTags(row, "Accounts", account.path("Tag"));
      update("Accounts", id, row);
      return new Converted(id, name);
    }

    /** A contact that has an account keeps it, unless it is to be overwritten. */
    private Converted associate(ObjectNode contact, Optional<Converted> account) {
      long id = Long.parseLong(contact.path("id").asString());
      ObjectNode row = Json.MAPPER.createObjectNode();
      if (account.isPresent() && (request.overwrite() || contact.path("Account_Name").isNull())) {
        reference(row, "Account_Name", account.get());
      }
      addTags(row, "Contacts", contact.path("Tag"));
      update("Contacts", id, row);
      return new Converted(id, contact.path("Full_Name").asString(""));
    }

    private Converted newContact(Optional<Converted> account) {
      ObjectNode row = mapped("Contacts");
      account.ifPresent(found -> reference(row, "Account_Name", found));
      long id = create("Contacts", row);
      String first = row.path("First_Name").asString("");
      String last = row.path("Last_Name").asString("");
      return new Converted(id, (first + " " + last).strip());
    }

    private Converted newDeal(ObjectNode values, Converted contact, Optional<Converted> account) {
      ObjectNode row = mapped("Deals");
      row.setAll(values);
      reference(row, "Contact_Name", contact);
      account.ifPresent(found -> reference(row, "Account_Name", found));
      long id = create("Deals", row);
      request.contactRole().ifPresent(role -> link(id, contact, role));
      return new Converted(id, row.path("Deal_Name").asString(""));
    }

    private void link(long dealId, Converted contact, long role) {
      ObjectNode row = Json.MAPPER.createObjectNode();
      row.put("Deal", Long.toString(dealId));
      row.put("Contact", Long.toString(contact.id()));
      row.put("Contact_Role", Long.toString(role));
      create("Deals_X_Contacts", row);
    }

    /** A new record with what the mapping takes from the lead, its owner and tags. */
    private ObjectNode mapped(String moduleName) {
      ObjectNode row = Json.MAPPER.createObjectNode();
      for (Pair pair : LeadConversionMapping.of(metadata, moduleName).pairs()) {
        JsonNode value = lead.path(pair.lead().apiName());
        if (!value.isMissingNode() && !value.isNull()) {
          row.set(pair.target().apiName(), value);
        }
      }
      row.set(
          "Owner",
          request
              .assignTo()
              .<JsonNode>map(user -> Json.MAPPER.createObjectNode().put("id", Long.toString(user)))
              .orElseGet(() -> lead.path("Owner")));
      addTags(row, moduleName, Json.MAPPER.createArrayNode());
      return row;
    }

    private void addTags(ObjectNode row, String moduleName, JsonNode had) {
      List<String> wanted = request.tags().get(moduleName);
      if (wanted == null) {
        return;
      }
      var names = new LinkedHashMap<String, Boolean>();
      had.forEach(tag -> names.put(tag.path("name").asString(""), true));
      if (wanted.isEmpty()) {
        lead.path("Tag").forEach(tag -> names.put(tag.path("name").asString(""), true));
      }
      wanted.forEach(name -> names.put(name, true));
      if (!names.isEmpty()) {
        var tags = row.putArray("Tag");
        names.keySet().forEach(name -> tags.addObject().put("name", name));
      }
    }

    private void markLead(
        Converted contact, Optional<Converted> account, Optional<Converted> deal) {
      int days =
          (int)
              Duration.between(
                      OffsetDateTime.parse(lead.path("Created_Time").asString()).toInstant(),
                      change.stamp().now())
                  .toDays();
      var values = new LinkedHashMap<String, @Nullable Object>();
      values.put("Converted__s", true);
      values.put("Converted_Date_Time", change.stamp().now().toString());
      values.put("Lead_Conversion_Time", days);
      values.put("Converted_Contact", contact.id());
      values.put("Converted_Account", account.map(Converted::id).orElse(null));
      values.put("Converted_Deal", deal.map(Converted::id).orElse(null));
      change.set(metadata.get(LeadConversionMapping.LEADS), Map.of(leadId, values));
      deal.ifPresent(
          found ->
              change.set(
                  metadata.get("Deals"), Map.of(found.id(), Map.of("Lead_Conversion_Time", days))));
    }

    private long create(String moduleName, ObjectNode row) {
      return require(
          change.create(metadata.get(moduleName), Json.MAPPER.createArrayNode().add(row)));
    }

    private void update(String moduleName, long id, ObjectNode row) {
      if (!row.isEmpty()) {
        row.put("id", Long.toString(id));
        require(change.update(metadata.get(moduleName), Json.MAPPER.createArrayNode().add(row)));
      }
    }
  }

  private static void reference(ObjectNode row, String name, Converted record) {
    row.putObject(name).put("id", Long.toString(record.id()));
  }

  private static long require(List<Outcome> outcomes) {
    return outcomes.getFirst().requireId();
  }
}
