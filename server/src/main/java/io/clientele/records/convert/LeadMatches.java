package io.clientele.records.convert;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.duplicatecheck.DuplicateCheckPreference;
import io.clientele.metadata.leadconversion.LeadConversionMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contacts and accounts that a lead may already be. Unique fields come first: those that the
 * duplicate check preference and the conversion mapping pair with the lead's. When they find
 * nothing, the email is looked for in contacts, the company in accounts, then the lead's name in
 * contacts. Reference: Lead Conversion Options.
 */
final class LeadMatches {
  static final int MOST = 100;

  private final Metadata metadata;
  private final ModuleTables tables;
  private final Access access;
  private final long userId;

  LeadMatches(Metadata metadata, ModuleTables tables, Access access, long userId) {
    this.metadata = metadata;
    this.tables = tables;
    this.access = access;
    this.userId = userId;
  }

  /** The records of a module that match, oldest first, and by what. */
  record Match(Module module, Field field, String value, List<Long> ids) {}

  /**
   * @param contacts the match in contacts, if any
   * @param accounts the match in accounts, if any
   * @param preferred the module that the lead fits best
   */
  record Found(Optional<Match> contacts, Optional<Match> accounts, Optional<Module> preferred) {}

  /** A field of the other module and the lead's value for it. */
  private record Wanted(Module module, Field field, String value) {}

  Found find(Transaction tx, ObjectNode lead) {
    Module contacts = metadata.get("Contacts");
    Module accounts = metadata.get("Accounts");
    Optional<Match> contact = first(tx, unique(contacts, lead));
    Optional<Match> account = first(tx, unique(accounts, lead));
    if (contact.isPresent() || account.isPresent()) {
      return found(contact, account, contact.isPresent());
    }
    Optional<Match> byEmail = first(tx, wanted(contacts, "Email", lead.path("Email")));
    account = first(tx, wanted(accounts, "Account_Name", lead.path("Company")));
    contact = byEmail.or(() -> first(tx, wanted(contacts, "Full_Name", lead.path("Full_Name"))));
    return found(contact, account, byEmail.isPresent() || account.isEmpty());
  }

  private static Found found(
      Optional<Match> contacts, Optional<Match> accounts, boolean contactsFirst) {
    Optional<Match> better =
        contactsFirst ? contacts.or(() -> accounts) : accounts.or(() -> contacts);
    return new Found(contacts, accounts, better.map(Match::module));
  }

  private Stream<Wanted> unique(Module module, ObjectNode lead) {
    var wanted = new ArrayList<Wanted>();
    if (module.apiName().equals(DuplicateCheckPreference.MAPPED_MODULE)) {
      DuplicateCheckPreference.find(metadata).stream()
          .flatMap(preference -> preference.mappings().stream())
          .flatMap(
              pair -> wanted(module, pair.mapped().apiName(), lead.path(pair.current().apiName())))
          .forEach(wanted::add);
    }
    LeadConversionMapping.of(metadata, module.apiName()).pairs().stream()
        .filter(pair -> pair.target().isUnique())
        .flatMap(pair -> wanted(module, pair.target().apiName(), lead.path(pair.lead().apiName())))
        .forEach(wanted::add);
    return wanted.stream();
  }

  private static Stream<Wanted> wanted(Module module, String field, JsonNode value) {
    if (!value.isValueNode() || value.isNull() || value.asString().isBlank()) {
      return Stream.empty();
    }
    return module.field(field).map(found -> new Wanted(module, found, value.asString())).stream();
  }

  private Optional<Match> first(Transaction tx, Stream<Wanted> wanted) {
    return wanted.map(one -> match(tx, one)).filter(one -> !one.ids.isEmpty()).findFirst();
  }

  private Match match(Transaction tx, Wanted wanted) {
    String column = "t." + Sql.identifier(wanted.field.column());
    boolean text = wanted.field.stored().orElseThrow().sqlType().equals("text");
    Sql same =
        text && !wanted.field.isCaseSensitive()
            ? sql("lower(" + column + ") = lower(?)", wanted.value)
            : sql(column + "::text = ?", wanted.value);
    Sql statement =
        sql("select t.\"id\" from " + tables.of(metadata, wanted.module) + " t where")
            .then(same)
            .then("and")
            .then(access.rows(metadata, userId, Action.READ, wanted.module))
            .then("order by t.\"id\" limit ?", MOST);
    return new Match(
        wanted.module, wanted.field, wanted.value, tx.list(statement, row -> row.getLong(1)));
  }
}
