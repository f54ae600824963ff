package io.clientele.records.convert;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.leadconversion.LeadConversionMapping;
import io.clientele.records.Outcome;
import io.clientele.records.RawRecord.Link;
import io.clientele.records.RecordChange;
import io.clientele.records.Relinks.Referrer;
import io.clientele.records.convert.LeadConversion.Converted;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * What hangs on a lead goes on with the records it becomes: notes to the contact, attachments to
 * one of the three, activities to the contact and the deal or the account, campaigns to the
 * contact, products to the contact and the deal.
 */
final class CarryOver {
  private static final List<String> ACTIVITIES = List.of("Tasks", "Events", "Calls");

  private final RecordChange change;
  private final Metadata metadata;
  private final Module leads;
  private final long leadId;
  private final Converted contact;
  private final Optional<Converted> account;
  private final Optional<Converted> deal;
  private final List<Referrer> referrers;

  CarryOver(
      RecordChange change,
      long leadId,
      Converted contact,
      Optional<Converted> account,
      Optional<Converted> deal) {
    this.change = change;
    this.metadata = change.stamp().metadata();
    this.leads = metadata.get(LeadConversionMapping.LEADS);
    this.leadId = leadId;
    this.contact = contact;
    this.account = account;
    this.deal = deal;
    this.referrers = change.referrers(leads);
  }

  void carry(LeadRequest request) {
    move("Notes", "Parent_Id", link("Contacts", contact));
    move("Attachments", "Parent_Id", attachmentsTo(request.attachments()));
    for (String activities : ACTIVITIES) {
      reassign(activities, request);
      moveActivities(activities);
    }
    copyLinks("Leads_X_Campaigns", "Contacts_X_Campaigns", "Campaign", "Contact", contact);
    copyLinks("Products_X_Leads", "Products_X_Contacts", "Product", "Contact", contact);
    deal.ifPresent(
        found -> copyLinks("Products_X_Leads", "Products_X_Deals", "Product", "Deal", found));
  }

  private Link link(String moduleName, Converted record) {
    return new Link(record.id(), metadata.get(moduleName).id());
  }

  /** The contact's where the lead becomes no such record. */
  private Link attachmentsTo(Optional<String> moduleName) {
    Optional<Converted> named =
        moduleName.flatMap(
            name ->
                name.equals("Accounts") ? account : name.equals("Deals") ? deal : Optional.empty());
    return named
        .map(record -> link(moduleName.orElseThrow(), record))
        .orElseGet(() -> link("Contacts", contact));
  }

  private Optional<Referrer> referrer(String moduleName, String field) {
    return referrers.stream()
        .filter(one -> one.module().apiName().equals(moduleName))
        .filter(one -> one.field().apiName().equals(field))
        .findFirst();
  }

  private void move(String moduleName, String field, Link to) {
    referrer(moduleName, field)
        .ifPresent(rows -> change.relink(rows, rows.naming(leads, List.of(leadId)), to));
  }

  private void moveActivities(String moduleName) {
    Optional<Referrer> about = referrer(moduleName, "What_Id");
    Module activities = metadata.get(moduleName);
    Optional<Field> with = activities.field("Who_Id");
    if (about.isEmpty() || with.isEmpty()) {
      return;
    }
    Sql ofLead = about.get().naming(leads, List.of(leadId));
    String column = "t." + Sql.identifier(with.get().column());
    change.relink(
        new Referrer(activities, with.get()),
        ofLead.and(sql(column + " is null")),
        link("Contacts", contact));
    @Nullable Link to =
        deal.map(found -> link("Deals", found))
            .or(() -> account.map(found -> link("Accounts", found)))
            .orElse(null);
    change.relink(about.get(), ofLead, to);
  }

  /** Gives the lead's activities of the modules that the client names to the new owner. */
  private void reassign(String moduleName, LeadRequest request) {
    Optional<Referrer> about = referrer(moduleName, "What_Id");
    if (about.isEmpty()
        || request.assignTo().isEmpty()
        || !request.reassigned().contains(moduleName)) {
      return;
    }
    Module module = about.get().module();
    Sql statement =
        sql("select t.\"id\" from " + change.table(module) + " t where")
            .then(about.get().naming(leads, List.of(leadId)));
    var owners = new LinkedHashMap<Long, Map<String, @Nullable Object>>();
    change
        .tx()
        .list(statement, row -> row.getLong(1))
        .forEach(id -> owners.put(id, Map.of("Owner", request.assignTo().get())));
    if (!owners.isEmpty()) {
      change.set(module, owners);
    }
  }

  /** The lead's links again for another record, but for those it has. */
  private void copyLinks(String from, String into, String other, String field, Converted record) {
    Optional<Referrer> links =
        referrers.stream().filter(one -> one.module().apiName().equals(from)).findFirst();
    if (links.isEmpty()) {
      return;
    }
    Sql ofLead = links.get().naming(leads, List.of(leadId));
    boolean campaigns = other.equals("Campaign");
    String status = campaigns ? "t.member_status" : "null::text";
    String column = "t." + other.toLowerCase(java.util.Locale.ROOT);
    record Linked(long id, @Nullable String status) {}
    List<Linked> linked =
        change
            .tx()
            .list(
                sql("select "
                        + column
                        + ", "
                        + status
                        + " from "
                        + change.table(links.get().module())
                        + " t where")
                    .then(ofLead)
                    .then("order by t.\"id\""),
                row -> new Linked(row.getLong(1), row.getString(2)));
    if (linked.isEmpty()) {
      return;
    }
    Module module = metadata.get(into);
    Set<Long> had = new HashSet<>(linkedWith(module, column, field, record));
    ArrayNode rows = Json.MAPPER.createArrayNode();
    for (Linked one : linked) {
      if (had.add(one.id)) {
        var row =
            rows.addObject()
                .put(field, Long.toString(record.id()))
                .put(other, Long.toString(one.id));
        if (one.status != null) {
          row.put("Member_Status", one.status);
        }
      }
    }
    // what the user may not see, or what is gone by now, is passed over
    List<Outcome> _ = change.create(module, rows);
  }

  private List<Long> linkedWith(Module module, String column, String field, Converted record) {
    return change
        .tx()
        .list(
            sql(
                "select "
                    + column
                    + " from "
                    + change.table(module)
                    + " t where t."
                    + field.toLowerCase(java.util.Locale.ROOT)
                    + " = ?",
                record.id()),
            row -> row.getLong(1));
  }
}
