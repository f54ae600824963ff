package io.clientele.demo;

import io.clientele.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * Names and phrases of the sample company, drawn by a seed from the resource {@code
 * demo/words.json}.
 */
final class Words {
  private final Random random;
  private final JsonNode lists;

  Words(long seed) {
    random = new Random(seed);
    try (InputStream in = Words.class.getResourceAsStream("/demo/words.json")) {
      if (in == null) {
        throw new IllegalStateException("no resource /demo/words.json");
      }
      lists = Json.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From {@code least} up to but not with {@code end}. */
  int number(int least, int end) {
    return random.nextInt(least, end);
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String word(String list) {
    JsonNode words = lists.path(list);
    return words.get(random.nextInt(words.size())).asString();
  }

  /** A company's name; different numbers give different names for the first few hundred. */
  String company(int number) {
    JsonNode first = lists.path("company_first");
    JsonNode second = lists.path("company_second");
    return first.get(number % first.size()).asString()
        + " "
        + second.get(number / first.size() % second.size()).asString();
  }

  static String domain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "") + ".example";
  }

  String firstName() {
    return word("first_names");
  }

  String lastName() {
    return word("last_names");
  }

  String phone() {
    return "+1 555 %03d %04d".formatted(number(100, 1000), number(0, 10_000));
  }

  String industry() {
    return word("industries");
  }

  String city() {
    return word("cities");
  }

  String title() {
    return word("titles");
  }

  String leadSource() {
    return word("lead_sources");
  }

  String leadStatus() {
    return word("lead_statuses");
  }

  String stage() {
    return word("stages");
  }

  String deal() {
    return word("company_first") + " " + word("deals");
  }

  String task() {
    return word("tasks");
  }

  String taskStatus() {
    return word("task_statuses");
  }

  String meeting() {
    return word("meetings");
  }

  String note() {
    return word("notes");
  }
}
