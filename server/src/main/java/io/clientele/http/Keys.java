package io.clientele.http;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Writes the keys of one JSON object as they come, leaving out those the client did not ask for.
 */
public final class Keys {
  private final JsonGenerator json;
  private final Predicate<String> wanted;

  private Keys(JsonGenerator json, Predicate<String> wanted) {
    this.json = json;
    this.wanted = wanted;
  }

  /** The keys a client names in {@code fields}, and the id; all when it names none. */
  public static Predicate<String> wanted(Call call) {
    Set<String> names = Set.copyOf(List.of(call.query("fields").orElse("").split(",", -1)));
    return names.contains("") ? name -> true : name -> names.contains(name) || name.equals("id");
  }

  /** Writes an object whose keys {@code writer} gives. */
  public static void object(JsonGenerator json, Consumer<Keys> writer) {
    object(json, name -> true, writer);
  }

  /** Writes an object of those keys only that are {@code wanted}. */
  public static void object(JsonGenerator json, Predicate<String> wanted, Consumer<Keys> writer) {
    json.writeStartObject();
    writer.accept(new Keys(json, wanted));
    json.writeEndObject();
  }

  private static <T> void array(
      JsonGenerator json, Iterable<T> items, Predicate<String> wanted, BiConsumer<Keys, T> writer) {
    json.writeStartArray();
    for (T item : items) {
      object(json, wanted, keys -> writer.accept(keys, item));
    }
    json.writeEndArray();
  }

  public Keys text(String name, @Nullable String value) {
    if (wanted.test(name)) {
      json.writeName(name);
      if (value == null) {
        json.writeNull();
      } else {
        json.writeString(value);
      }
    }
    return this;
  }

  /** An id, as the string of digits it is on the wire. */
  public Keys id(String name, long id) {
    return text(name, Long.toString(id));
  }

  public Keys number(String name, long value) {
    if (wanted.test(name)) {
      json.writeName(name);
      json.writeNumber(value);
    }
    return this;
  }

  public Keys flag(String name, boolean value) {
    if (wanted.test(name)) {
      json.writeName(name);
      json.writeBoolean(value);
    }
    return this;
  }

  public Keys none(String name) {
    return text(name, null);
  }

  /** A value as it stands; null when it is missing. */
  public Keys node(String name, JsonNode value) {
    if (wanted.test(name)) {
      json.writeName(name);
      if (value.isMissingNode()) {
        json.writeNull();
      } else {
        json.writeTree(value);
      }
    }
    return this;
  }

  /** A value that {@code writer} writes. */
  public Keys value(String name, Consumer<JsonGenerator> writer) {
    if (wanted.test(name)) {
      json.writeName(name);
      writer.accept(json);
    }
    return this;
  }

  /** An object whose keys {@code writer} gives. */
  public Keys object(String name, Consumer<Keys> writer) {
    return value(name, generator -> object(generator, writer));
  }

  /** An array with one object for each item. */
  public <T> Keys array(String name, Iterable<T> items, BiConsumer<Keys, T> writer) {
    return array(name, items, key -> true, writer);
  }

  /** An array with one object for each item, each with those keys only that are {@code wanted}. */
  public <T> Keys array(
      String name, Iterable<T> items, Predicate<String> wanted, BiConsumer<Keys, T> writer) {
    return value(name, generator -> array(generator, items, wanted, writer));
  }
}
