package io.clientele.http;

import io.clientele.error.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The reply to a change of several things: {@code {"tags":[{code, details, message, status}, …]}},
 * one object for each, in order.
 */
public final class Results {
  private final String noun;
  private final List<Object> results = new ArrayList<>();

  public Results(String noun) {
    this.noun = noun;
  }

  /**
   * What a thing that was kept says.
   *
   * @param code SUCCESS, or SCHEDULED when a job goes on with it
   * @param details writes the keys of {@code details}
   */
  public record Done(String code, String message, Consumer<Keys> details) {
    public Done(String message, Consumer<Keys> details) {
      this("SUCCESS", message, details);
    }

    /** A job goes on with it. */
    public static Done scheduled(String message, long jobId) {
      return new Done("SCHEDULED", message, keys -> keys.id("job_id", jobId));
    }

    /** With the id alone as its details, as most operations answer. */
    public static Done of(String message, long id) {
      return new Done(message, keys -> keys.id("id", id));
    }
  }

  public void add(Done done) {
    results.add(done);
  }

  public void add(ApiError error) {
    results.add(error);
  }

  /** All kept: {@code success}; some: 207; none: the status that the errors share, or 400. */
  public Reply reply(int success) {
    return Reply.json(
        status(
            results.stream().filter(ApiError.class::isInstance).map(ApiError.class::cast), success),
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart(noun);
          for (Object result : results) {
            if (result instanceof Done done) {
              Keys.object(
                  json,
                  keys ->
                      keys.text("code", done.code)
                          .object("details", done.details)
                          .text("message", done.message)
                          .text("status", "success"));
            } else {
              ErrorJson.write(json, (ApiError) result);
            }
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private int status(java.util.stream.Stream<ApiError> errors, int success) {
    List<Integer> statuses = errors.map(ApiError::status).toList();
    return status(statuses, results.size(), success);
  }

  /**
   * The status that sums up {@code count} outcomes, of which those of {@code errors} were refused.
   */
  public static int status(List<Integer> errors, int count, int success) {
    if (errors.isEmpty()) {
      return success;
    }
    if (errors.size() < count) {
      return 207;
    }
    return errors.stream().distinct().count() == 1 ? errors.getFirst() : 400;
  }
}
