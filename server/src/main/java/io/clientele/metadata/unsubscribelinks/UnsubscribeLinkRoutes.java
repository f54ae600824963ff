package io.clientele.metadata.unsubscribelinks;

import io.clientele.access.Access;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Unsubscribe links and where they are used. Reference: Unsubscribe Links. */
public final class UnsubscribeLinkRoutes {
  private static final String LINKS = "unsubscribe_links";
  private static final String PATH = "/settings/unsubscribe_links";
  private static final String SCOPE = "settings.unsubscribe";
  private static final String MANAGE = "Crm_Implied_Manage_Unsubscribe_Form";

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public UnsubscribeLinkRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .get(PATH, SCOPE, this::list)
        .post(PATH, SCOPE, this::create)
        .put(PATH, SCOPE, this::updateMany)
        .get(PATH + "/{link}", SCOPE, this::one)
        .put(PATH + "/{link}", SCOPE, this::update)
        .delete(PATH + "/{link}", SCOPE, this::delete)
        .get("/settings/unsubscribe_link/actions/associations", SCOPE, this::associations);
  }

  private Reply list(Call call) {
    Reader reader = reader(call);
    return reply(reader, reader.metadata().settings(UnsubscribeLinkService.NOUN));
  }

  /** 204 when there is no such link. */
  private Reply one(Call call) {
    Reader reader = reader(call);
    Optional<Long> id = PathId.find(call, "link");
    return reply(
        reader,
        reader.metadata().settings(UnsubscribeLinkService.NOUN).stream()
            .filter(link -> id.isPresent() && link.id() == id.get())
            .toList());
  }

  private static Reply reply(Reader reader, List<Setting> links) {
    return links.isEmpty()
        ? Reply.noContent()
        : Reply.list(LINKS, links, new UnsubscribeLinkJson(reader)::write);
  }

  private Reply create(Call call) {
    reader(call);
    return changes.each(call, LINKS, items(call), 201, UnsubscribeLinkService::create);
  }

  private Reply updateMany(Call call) {
    reader(call);
    return changes.each(call, LINKS, items(call), 200, UnsubscribeLinkService::update);
  }

  private Reply update(Call call) {
    reader(call);
    List<Item> items = items(call);
    changes.change(
        call,
        change -> UnsubscribeLinkService.requireChangeable(change, PathId.find(call, "link")));
    return changes.each(
        call,
        LINKS,
        items,
        200,
        (change, item) ->
            UnsubscribeLinkService.update(
                change,
                UnsubscribeLinkService.requireChangeable(change, PathId.find(call, "link")),
                item));
  }

  private Reply delete(Call call) {
    reader(call);
    Optional<Long> id = PathId.find(call, "link");
    changes.change(call, change -> UnsubscribeLinkService.requireChangeable(change, id));
    return changes.each(
        call,
        LINKS,
        List.of(id),
        200,
        (change, one) ->
            UnsubscribeLinkService.delete(
                change, UnsubscribeLinkService.requireChangeable(change, one)));
  }

  /** The templates of mail that have a link, by link; 204 when there are none. */
  private Reply associations(Call call) {
    Reader reader = reader(call);
    List<Setting> templates = reader.metadata().settings("email_template");
    List<Setting> used =
        reader.metadata().settings(UnsubscribeLinkService.NOUN).stream()
            .filter(link -> templates.stream().anyMatch(template -> uses(template, link)))
            .toList();
    return used.isEmpty()
        ? Reply.noContent()
        : Reply.list(
            "associations",
            used,
            (keys, link) ->
                keys.id("id", link.id())
                    .array(
                        "associated_places",
                        templates.stream().filter(template -> uses(template, link)).toList(),
                        new UnsubscribeLinkJson(reader)::writePlace));
  }

  private static boolean uses(Setting template, Setting link) {
    JsonNode id = template.body().path("unsubscribe_link").path("id");
    return id.asString("").equals(Long.toString(link.id()));
  }

  private static List<Item> items(Call call) {
    JsonNode body = call.json();
    if (body.path(LINKS).isArray() && body.path(LINKS).size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at(LINKS, "$." + LINKS);
    }
    return Item.list(body, LINKS, 1);
  }

  private Reader reader(Call call) {
    Reader reader = Reader.of(cache, call);
    access.require(reader.metadata(), reader.userId(), MANAGE);
    return reader;
  }
}
