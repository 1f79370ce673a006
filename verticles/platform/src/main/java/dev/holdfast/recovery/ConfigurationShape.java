package dev.holdfast.recovery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What can be changed of one agent.
 *
 * @param keys by name, in the order in which they are shown
 * @param check tries whether values go together; throws {@link IllegalArgumentException} in words
 *     when they do not
 */
public record ConfigurationShape(Map<String, Key> keys, Consumer<Configuration> check) {
  /**
   * A key with a whole number.
   *
   * @param least the least value
   * @param most the greatest
   * @param shipped what holds when nobody says otherwise
   */
  public record Key(int least, int most, int shipped) {
    public Key {
      if (least > shipped || shipped > most) {
        throw new IllegalArgumentException(
            "the shipped value " + shipped + " is not " + least + " to " + most);
      }
    }
  }

  public ConfigurationShape {
    keys = new LinkedHashMap<>(keys);
  }

  /** The shipped values. */
  Map<String, Integer> shipped() {
    Map<String, Integer> values = new TreeMap<>();
    keys.forEach((name, key) -> values.put(name, key.shipped()));
    return values;
  }

  /**
   * The values with some of them changed.
   *
   * @throws ConfigurationRefused naming the field that is unknown, of the wrong kind or out of
   *     range
   */
  Map<String, Integer> changed(Map<String, Integer> before, Map<String, ?> changes) {
    Map<String, Integer> values = new TreeMap<>(before);
    if (changes.isEmpty()) {
      throw new ConfigurationRefused("", "there is nothing to change; known are " + keys.keySet());
    }
    changes.forEach((name, value) -> values.put(name, checked(name, value)));
    return values;
  }

  private int checked(String name, Object value) {
    Key key = keys.get(name);
    if (key == null) {
      throw new ConfigurationRefused(name, "is not known; known are " + keys.keySet());
    }
    if (!(value instanceof Integer number)) {
      throw new ConfigurationRefused(name, "must be a whole number");
    }
    if (number < key.least() || number > key.most()) {
      throw new ConfigurationRefused(
          name, "must be " + key.least() + " to " + key.most() + ", got " + number);
    }
    return number;
  }
}
