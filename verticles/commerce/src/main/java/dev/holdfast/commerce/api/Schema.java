package dev.holdfast.commerce.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A schema of the contract, made ready once. The general validator of JSON schemas looks references
 * up and builds texts for every value, also for right ones; this one costs an order of 1,200 lines
 * less than its parsing, stops at the first fault and names field and limit. It knows the keywords
 * that the contract uses; one it does not know is an error at the start, so that none is passed
 * over. Immutable.
 */
final class Schema {
  private static final Set<String> ANNOTATIONS = Set.of("description", "default", "items");
  private static final String REFERENCE = "#/components/schemas/";

  private final List<Check> checks;

  /** One rule; gives null for a value that keeps it or that it does not speak of. */
  private interface Check {
    Fault fault(Object value);
  }

  /**
   * What is wrong.
   *
   * @param field where, such as {@code lines[3].quantity}; empty for the value itself
   * @param why the rest of a sentence that begins with the field
   * @param unknown whether the field is one that the contract does not have
   */
  record Fault(String field, String why, boolean unknown) {
    private Fault inside(String outer) {
      String dot = field.isEmpty() || field.startsWith("[") ? "" : ".";
      return new Fault(outer + dot + field, why, unknown);
    }
  }

  private Schema(List<Check> checks) {
    this.checks = checks;
  }

  /** The first fault of a value made of maps, lists, texts, numbers and booleans; null for none. */
  Fault fault(Object value) {
    for (Check check : checks) {
      Fault fault = check.fault(value);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /** Makes schemas of one contract; those that are referred to are made once. */
  static final class Compiler {
    private final JsonObject named;
    private final Map<String, Schema> ready = new HashMap<>();

    Compiler(JsonObject contract) {
      this.named = contract.getJsonObject("components").getJsonObject("schemas");
    }

    /**
     * @throws IllegalArgumentException for a keyword that is not known here
     */
    Schema compile(JsonObject schema) {
      String reference = schema.getString("$ref");
      if (reference != null) {
        String name = reference.substring(REFERENCE.length());
        Schema known = ready.get(name);
        if (known == null) {
          known = compile(named.getJsonObject(name));
          ready.put(name, known);
        }
        return known;
      }
      List<Check> checks = new ArrayList<>();
      if (schema.containsKey("type")) {
        checks.add(ofType(schema.getString("type")));
      }
      for (String keyword : schema.fieldNames()) {
        Check check = check(keyword, schema);
        if (check != null) {
          checks.add(check);
        }
      }
      if (schema.containsKey("items")) {
        checks.add(entries(compile(schema.getJsonObject("items"))));
      }
      return new Schema(List.copyOf(checks));
    }

    private Check check(String keyword, JsonObject schema) {
      if (ANNOTATIONS.contains(keyword)) {
        return null;
      }
      return switch (keyword) {
        case "type", "additionalProperties" -> null;
        case "enum" -> oneOf(schema.getJsonArray(keyword));
        case "const" -> oneOf(new JsonArray().add(schema.getValue(keyword)));
        case "pattern" -> matching(Pattern.compile(schema.getString(keyword)));
        case "minLength" -> shortest(schema.getInteger(keyword));
        case "maxLength" -> longest(schema.getInteger(keyword));
        case "minimum" -> least(schema.getLong(keyword));
        case "maximum" -> greatest(schema.getLong(keyword));
        case "minItems" -> fewest(schema.getInteger(keyword));
        case "maxItems" -> most(schema.getInteger(keyword));
        case "required" -> required(schema.getJsonArray(keyword));
        case "properties" -> properties(schema);
        default -> throw new IllegalArgumentException("the contract uses the keyword " + keyword);
      };
    }

    private Check properties(JsonObject schema) {
      boolean closed = Boolean.FALSE.equals(schema.getValue("additionalProperties"));
      Map<String, Schema> fields = new LinkedHashMap<>();
      for (Map.Entry<String, Object> field : schema.getJsonObject("properties")) {
        fields.put(field.getKey(), compile((JsonObject) field.getValue()));
      }
      return value -> value instanceof Map<?, ?> map ? fault(map, fields, closed) : null;
    }

    private static Fault fault(Map<?, ?> map, Map<String, Schema> fields, boolean closed) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String name = (String) entry.getKey();
        Schema schema = fields.get(name);
        if (schema == null) {
          if (closed) {
            return new Fault(name, "is not a field of this request", true);
          }
          continue;
        }
        Fault fault = schema.fault(entry.getValue());
        if (fault != null) {
          return fault.inside(name);
        }
      }
      return null;
    }
  }

  private static Fault wrong(String why) {
    return new Fault("", why, false);
  }

  private static Check ofType(String type) {
    Fault wrong = wrong("must be " + (type.matches("[aeio].*") ? "an " : "a ") + type);
    return value -> isOf(type, value) ? null : wrong;
  }

  private static boolean isOf(String type, Object value) {
    return switch (type) {
      case "string" -> value instanceof String;
      case "integer" ->
          value instanceof Number number
              && (!(number instanceof Double)
                  || number.doubleValue() == Math.rint(number.doubleValue()));
      case "number" -> value instanceof Number;
      case "boolean" -> value instanceof Boolean;
      case "array" -> value instanceof List;
      case "object" -> value instanceof Map;
      default -> throw new IllegalArgumentException("the contract uses the type " + type);
    };
  }

  private static Check oneOf(JsonArray values) {
    Set<Object> allowed = values.stream().collect(Collectors.toUnmodifiableSet());
    Fault wrong = wrong("must be one of " + values.encode());
    return value -> value != null && allowed.contains(value) ? null : wrong;
  }

  private static Check matching(Pattern pattern) {
    Fault wrong = wrong("must match " + pattern.pattern());
    return value -> value instanceof String text && !pattern.matcher(text).find() ? wrong : null;
  }

  private static Check shortest(int min) {
    Fault wrong = wrong("must have at least " + min + " characters");
    return value -> value instanceof String text && text.length() < min ? wrong : null;
  }

  private static Check longest(int max) {
    Fault wrong = wrong("must have at most " + max + " characters");
    return value -> value instanceof String text && text.length() > max ? wrong : null;
  }

  private static Check least(long min) {
    Fault wrong = wrong("must be at least " + min);
    return value -> value instanceof Number number && number.doubleValue() < min ? wrong : null;
  }

  private static Check greatest(long max) {
    Fault wrong = wrong("must be at most " + max);
    return value -> value instanceof Number number && number.doubleValue() > max ? wrong : null;
  }

  private static Check fewest(int min) {
    Fault wrong = wrong("must have at least " + min + (min == 1 ? " entry" : " entries"));
    return value -> value instanceof List<?> list && list.size() < min ? wrong : null;
  }

  private static Check most(int max) {
    Fault wrong = wrong("must have at most " + max + " entries");
    return value -> value instanceof List<?> list && list.size() > max ? wrong : null;
  }

  private static Check required(JsonArray names) {
    List<String> needed = names.stream().map(String.class::cast).toList();
    return value -> {
      if (value instanceof Map<?, ?> map) {
        for (String name : needed) {
          if (!map.containsKey(name)) {
            return new Fault(name, "must be there", false);
          }
        }
      }
      return null;
    };
  }

  private static Check entries(Schema schema) {
    return value -> {
      if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          Fault fault = schema.fault(list.get(i));
          if (fault != null) {
            return fault.inside("[" + i + "]");
          }
        }
      }
      return null;
    };
  }
}
