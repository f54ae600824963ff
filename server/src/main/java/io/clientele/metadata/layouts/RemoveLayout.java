package io.clientele.metadata.layouts;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.RecordMove;
import io.clientele.metadata.Setting;
import io.clientele.org.Org;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delete and Deactivate Custom Layout: its records and its profiles go to another layout of the
 * module.
 */
public final class RemoveLayout {
  private RemoveLayout() {}

  /** What becomes of the layout. */
  public enum Kind {
    DELETE,
    DEACTIVATE
  }

  /**
   * What a client wants.
   *
   * @param parameters {@code transfer_to} and, for deals, {@code pipeline} and {@code stage}
   */
  public record Request(Kind kind, Module module, Layout layout, Map<String, String> parameters) {
    Optional<String> parameter(String name) {
      return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
    }
  }

  /** What remains to be done once a request was found good; no move where no record has it. */
  record Plan(Request request, Optional<Layout> target, Optional<RecordMove> move) {}

  /**
   * Does it all within one change; records that are left move in the statement.
   *
   * @throws ApiError when it is not allowed
   */
  public static Done remove(MetadataChange change, Request request) {
    Plan plan = plan(change.tx(), change.org(), request);
    plan.move.ifPresent(move -> move.rest(change.tx(), change.org()));
    Module module = request.module;
    Setting setting = UpdateLayout.setting(change, module, request.layout);
    plan.target.ifPresent(
        target -> {
          Setting other = UpdateLayout.setting(change, module, target);
          ObjectNode body = other.copy();
          if (request.layout.active()) {
            new LayoutProfiles(change.metadata(), module).move(setting.copy(), body);
          }
          change.update(other, body);
        });
    if (request.kind == Kind.DELETE) {
      LayoutPipelines.delete(change, request);
      change.delete(setting);
      return Done.of("layout deleted", request.layout.id());
    }
    ObjectNode body = setting.copy();
    body.remove("default_profiles");
    change.update(setting, body.put("status", "inactive"));
    return Done.of("layout deactivated", request.layout.id());
  }

  static Plan plan(Transaction tx, Org org, Request request) {
    return plan(request, () -> records(request).any(tx, org));
  }

  /** The records that have the layout, and nothing to do with them yet. */
  static RecordMove records(Request request) {
    return new RecordMove(request.module, sql("t.layout = ?", request.layout.id()), Sql.EMPTY);
  }

  interface HasRecords {
    boolean ask();
  }

  static Plan plan(Request request, HasRecords hasRecords) {
    Layout layout = request.layout;
    boolean deleting = request.kind == Kind.DELETE;
    if (layout.isStandard()) {
      throw ErrorCode.NOT_ALLOWED
          .with("id", Long.toString(layout.id()))
          .status(400)
          .message(
              "You cannot " + (deleting ? "delete" : "deactivate") + " the system-defined layout");
    }
    if (!deleting && !layout.active()) {
      throw ErrorCode.ALREADY_DEACTIVATED.with("id", Long.toString(layout.id()));
    }
    Optional<String> transferTo = request.parameter("transfer_to");
    if (transferTo.isEmpty()) {
      if (!deleting || layout.active() || hasRecords.ask()) {
        throw ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", "transfer_to");
      }
      return new Plan(request, Optional.empty(), Optional.empty());
    }
    Layout target = target(request, transferTo.get());
    Sql set =
        Sql.join(
            ", ",
            Stream.concat(
                    Stream.of(sql("layout = ?", target.id())),
                    LayoutPipelines.set(request, target).stream())
                .toList());
    RecordMove move = new RecordMove(request.module, records(request).where(), set);
    return new Plan(request, Optional.of(target), Optional.of(move));
  }

  private static Layout target(Request request, String id) {
    Layout target =
        PathId.parse(id)
            .filter(parsed -> parsed != request.layout.id())
            .flatMap(request.module::layout)
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("param_name", "transfer_to")
                        .message("Transfer To Layout Id is Invalid"));
    if (!target.active()) {
      throw ErrorCode.NOT_ALLOWED
          .with("param_name", "transfer_to")
          .status(400)
          .message("Cannot transfer to the deactivated layout");
    }
    return target;
  }
}
