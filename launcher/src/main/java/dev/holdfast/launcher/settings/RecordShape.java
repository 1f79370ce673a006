package dev.holdfast.launcher.settings;

import dev.holdfast.kernel.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Settings records and flat keys, there and back. A key is the path of component names, {@code
 * http.agents.order}; the keys of a map are those of its shipped value.
 */
final class RecordShape {
  private RecordShape() {}

  /** Every key of the record and its value, in the order of declaration. */
  static Map<String, Object> flatten(Record settings) {
    Map<String, Object> flat = new LinkedHashMap<>();
    flatten("", settings, flat);
    return flat;
  }

  /** The names of the components that are records themselves. */
  static List<String> sections(Record settings) {
    return Arrays.stream(settings.getClass().getRecordComponents())
        .filter(component -> component.getType().isRecord())
        .map(RecordComponent::getName)
        .toList();
  }

  private static void flatten(String prefix, Record settings, Map<String, Object> flat) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      String key = prefix + component.getName();
      Object value = valueOf(component, settings);
      if (value instanceof Record section) {
        flatten(key + ".", section, flat);
      } else if (value instanceof Map<?, ?> entries) {
        entries.forEach((name, entry) -> flattenEntry(key + "." + name, entry, flat));
      } else {
        flat.put(key, value);
      }
    }
  }

  private static void flattenEntry(String key, Object entry, Map<String, Object> flat) {
    if (entry instanceof Record section) {
      flatten(key + ".", section, flat);
    } else {
      flat.put(key, entry);
    }
  }

  /**
   * The record with the given value in place of its component of that type; the others stay.
   *
   * @throws IllegalArgumentException when it has no such component
   */
  static <R extends Record> R with(R whole, Object part) {
    RecordComponent[] components = whole.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    boolean found = false;
    for (int i = 0; i < components.length; i++) {
      boolean same = components[i].getType() == part.getClass();
      values[i] = same ? part : valueOf(components[i], whole);
      found |= same;
    }
    if (!found) {
      throw new IllegalArgumentException(whole.getClass() + " has no " + part.getClass());
    }
    return construct("", whole, values);
  }

  /** The record with the given entries in place of its values; the others stay. */
  static <R extends Record> R with(R shipped, Map<String, Entry> entries) {
    return with("", shipped, entries);
  }

  private static <R extends Record> R with(String prefix, R shipped, Map<String, Entry> entries) {
    RecordComponent[] components = shipped.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = prefix + components[i].getName();
      values[i] = replaced(key, valueOf(components[i], shipped), entries);
    }
    return construct(prefix, shipped, values);
  }

  private static Object replaced(String key, Object shipped, Map<String, Entry> entries) {
    if (shipped instanceof Record section) {
      return with(key + ".", section, entries);
    }
    if (shipped instanceof Map<?, ?> map) {
      Map<Object, Object> values = new LinkedHashMap<>();
      map.forEach((name, value) -> values.put(name, replaced(key + "." + name, value, entries)));
      return values;
    }
    Entry entry = entries.get(key);
    return entry == null ? shipped : parse(key, shipped, entry);
  }

  private static Object parse(String key, Object shipped, Entry entry) {
    String text = entry.text().strip();
    try {
      return switch (shipped) {
        case Integer number -> Integer.valueOf(text.replace("_", ""));
        case Boolean choice -> parseBoolean(text);
        case Path path -> entry.base().resolve(text).normalize();
        case Secret secret -> Secret.of(entry.text());
        case Enum<?> constant -> parseConstant(constant, text);
        case String other -> text;
        default -> throw new IllegalStateException("no settings of " + shipped.getClass());
      };
    } catch (IllegalArgumentException wrong) {
      throw new SettingsException(
          "%s must be %s, got \"%s\" (%s)".formatted(key, kind(shipped), text, entry.source()),
          wrong);
    }
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Enum<?> parseConstant(Enum<?> sibling, String text) {
    return Arrays.stream(sibling.getDeclaringClass().getEnumConstants())
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static String kind(Object shipped) {
    return switch (shipped) {
      case Integer number -> "a whole number";
      case Boolean choice -> "true or false";
      case Path path -> "a path";
      case Enum<?> constant ->
          "one of "
              + Arrays.toString(constant.getDeclaringClass().getEnumConstants())
                  .toLowerCase(Locale.ROOT);
      default -> "text";
    };
  }

  private static Object valueOf(RecordComponent component, Record settings) {
    try {
      return component.getAccessor().invoke(settings);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("cannot read " + component, impossible);
    }
  }

  @SuppressWarnings("unchecked") // the constructor is the record's own
  private static <R extends Record> R construct(String prefix, R shipped, Object[] values) {
    Class<?>[] types =
        Arrays.stream(shipped.getClass().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return (R) shipped.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new SettingsException(prefix + refused.getCause().getMessage(), refused.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("cannot make " + shipped.getClass(), impossible);
    }
  }
}
