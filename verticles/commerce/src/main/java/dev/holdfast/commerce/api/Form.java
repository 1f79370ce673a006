package dev.holdfast.commerce.api;

import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.Units;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How the values that several agents speak of stand in JSON. */
final class Form {
  private Form() {}

  static JsonObject money(Money money) {
    return new JsonObject().put("minor", money.minor()).put("currency", money.currency());
  }

  /** Why something was refused; null when it was not. */
  static JsonObject refusal(String code, String message) {
    return code == null
        ? null
        : new JsonObject().put("code", code).put("message", message == null ? "" : message);
  }

  /** A decimal that the contract found right; null for null. */
  static BigDecimal decimal(JsonObject object, String field) {
    String text = object.getString(field);
    return text == null ? null : new BigDecimal(text);
  }

  static String text(BigDecimal decimal) {
    return decimal == null ? null : decimal.toPlainString();
  }

  static String text(Instant time) {
    return time == null ? null : time.toString();
  }

  /** A time with its offset; the given one where the field is missing. 400 when it is no time. */
  static Instant time(JsonObject object, String field, Instant otherwise) {
    String text = object.getString(field);
    if (text == null) {
      return otherwise;
    }
    Instant time;
    try {
      time = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException wrong) {
      throw ApiOperation.invalid(
          field, "must be a time with its offset, such as 2010-12-01T08:26:00Z");
    }
    if (Field.time(field, time) != null) {
      throw ApiOperation.invalid(field, "must be between the years 1970 and 9998");
    }
    return time;
  }

  static <E extends Enum<E>> E choice(JsonObject object, String field, Class<E> type) {
    String text = object.getString(field);
    return text == null ? null : Enum.valueOf(type, text);
  }

  static Address address(JsonObject object) {
    return object == null
        ? null
        : new Address(
            object.getString("name"),
            object.getString("street"),
            object.getString("city"),
            object.getString("postalCode"),
            object.getString("country"));
  }

  static JsonObject address(Address address) {
    return address == null
        ? null
        : present(
            new JsonObject()
                .put("name", address.name())
                .put("street", address.street())
                .put("city", address.city())
                .put("postalCode", address.postalCode())
                .put("country", address.country()));
  }

  /** Codes with signed units; 400 for a blank code, which the contract can't tell. */
  static List<Units> units(JsonArray lines) {
    return list(lines, line -> new Units(code(line, "lines"), line.getLong("units")));
  }

  /** The code of a line. */
  static String code(JsonObject line, String list) {
    String sku = line.getString("sku");
    if (sku.isBlank()) {
      throw ApiOperation.invalid(list + ".sku", "must not be blank");
    }
    return sku;
  }

  static <T> List<T> list(JsonArray array, Function<JsonObject, T> entry) {
    List<T> list = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      list.add(entry.apply(array.getJsonObject(i)));
    }
    return list;
  }

  static <T> JsonArray array(List<T> entries, Function<T, JsonObject> entry) {
    JsonArray array = new JsonArray();
    entries.forEach(one -> array.add(entry.apply(one)));
    return array;
  }

  /** The same without fields that are null. */
  static JsonObject present(JsonObject object) {
    object.getMap().values().removeIf(value -> value == null);
    return object;
  }
}
