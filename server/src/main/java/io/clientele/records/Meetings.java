package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Settings;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.Participant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of meetings: they do not end before they start, and those who take part are there. A
 * list of participants replaces the one before; who stays keeps id, invitation and answer.
 */
final class Meetings {
  private final RecordChange change;
  private final Metadata metadata;
  private final Module module;
  private final Field start;
  private final Field end;
  private final Field participants;

  Meetings(RecordChange change, Module module) {
    this.change = change;
    this.metadata = change.stamp().metadata();
    this.module = module;
    start = module.field("Start_DateTime").orElseThrow();
    end = module.field("End_DateTime").orElseThrow();
    participants = module.field("Participants").orElseThrow();
  }

  void check(List<Draft> drafts) {
    List<Draft> touching =
        drafts.stream()
            .filter(
                draft ->
                    draft.invites()
                        || draft.values().containsKey(start)
                        || draft.values().containsKey(end)
                        || draft.values().containsKey(participants))
            .toList();
    StoredRows stored =
        StoredRows.load(change, module, List.of(start, end, participants), touching);
    touching.forEach(draft -> checkOrder(draft, stored));
    checkParticipants(touching.stream().filter(Draft::good).toList(), stored);
  }

  private void checkOrder(Draft draft, StoredRows stored) {
    String from = stored.after(draft, start);
    String to = stored.after(draft, end);
    if (from != null
        && to != null
        && OffsetDateTime.parse(to).isBefore(OffsetDateTime.parse(from))) {
      draft.reject(
          ErrorCode.DEPENDENT_MISMATCH
              .with(
                  "dependee",
                  Map.of("api_name", start.apiName(), "json_path", draft.path(start.apiName())))
              .at(end.apiName(), draft.path(end.apiName())));
    }
  }

  private void checkParticipants(List<Draft> drafts, StoredRows stored) {
    Map<Draft, List<Participant>> lists = new HashMap<>();
    for (Draft draft : drafts) {
      if (draft.invites() || draft.values().get(participants) != null) {
        lists.put(draft, Participant.list(stored.after(draft, participants)));
      }
    }
    Map<Participant, Participant> found = find(lists);
    int count = lists.values().stream().mapToInt(List::size).sum();
    Iterator<Long> ids =
        count == 0
            ? List.<Long>of().iterator()
            : Settings.nextIds(change.tx(), metadata.org(), count).iterator();
    for (Draft draft : drafts) {
      if (lists.containsKey(draft)) {
        List<Participant> before = Participant.list(stored.before(draft, participants));
        resolve(draft, lists.getOrDefault(draft, List.of()), before, found, ids);
      }
    }
  }

  private void resolve(
      Draft draft,
      List<Participant> sent,
      List<Participant> before,
      Map<Participant, Participant> found,
      Iterator<Long> ids) {
    var kept = new ArrayList<Participant>();
    for (Participant one : sent) {
      Participant was = before.stream().filter(one::isSame).findFirst().orElse(null);
      Participant there = found.getOrDefault(one, was);
      if (there == null) {
        draft.reject(Participant.unknown(draft.path("Participants[" + kept.size() + "]")));
        return;
      }
      boolean invited = draft.invites() || one.invited() || (was != null && was.invited());
      long id = was == null ? ids.next() : was.id();
      kept.add(there.as(id, invited, was == null ? Participant.NOT_KNOWN : was.status()));
    }
    draft.set(participants, kept.isEmpty() ? null : Participant.kept(kept));
  }

  /** Those of them that are somebody, with what their records say. */
  private Map<Participant, Participant> find(Map<Draft, List<Participant>> lists) {
    Set<Participant> all = new HashSet<>();
    lists.values().forEach(all::addAll);
    Map<Participant, Participant> found = new HashMap<>();
    for (Participant one : all) {
      if (one.isUser()) {
        UserName user = metadata.userName(Long.parseLong(one.who()));
        if (user != null && user.active()) {
          found.put(one, one);
        }
      } else if (one.module().isEmpty()) {
        found.put(one, one);
      }
    }
    for (String name : Set.copyOf(Participant.MODULES.values())) {
      List<Participant> records =
          all.stream().filter(one -> one.module().filter(name::equals).isPresent()).toList();
      metadata.find(name).ifPresent(of -> findRecords(of, records, found));
    }
    return found;
  }

  private void findRecords(
      Module of, List<Participant> sought, Map<Participant, Participant> found) {
    if (sought.isEmpty()) {
      return;
    }
    Map<Long, @Nullable String> emails = new HashMap<>();
    Long[] ids = sought.stream().map(one -> Long.valueOf(one.who())).toArray(Long[]::new);
    change
        .tx()
        .list(
            sql(
                    "select t.id, t.email from " + change.table(of) + " t where t.id = any(?) and",
                    (Object) ids)
                .then(change.rows(of, Action.READ)),
            row -> {
              emails.put(row.getLong(1), row.getString(2));
              return row.getLong(1);
            });
    for (Participant one : sought) {
      Long id = Long.valueOf(one.who());
      if (emails.containsKey(id)) {
        found.put(one, one.found(of.id(), emails.get(id)));
      }
    }
  }
}
