package dev.holdfast.commerce.fraud;

import dev.holdfast.commerce.fraud.RuleBook.Levels;
import dev.holdfast.commerce.fraud.RuleBook.Rule;
import dev.holdfast.commerce.fraud.RuleBook.Signal;
import dev.holdfast.commerce.fraud.RuleBook.Times;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rule book as YAML. */
public final class RuleBookFile {
  private static final String SHIPPED = "/fraud/rules.yaml";
  private static final Set<String> KEYS = Set.of("levels", "rules");
  private static final Set<String> LEVEL_KEYS = Set.of("medium", "high", "critical");
  private static final Set<String> RULE_KEYS =
      Set.of(
          "id", "signal", "window", "above", "below", "weight", "times", "per", "cap", "enabled");

  private RuleBookFile() {}

  /** The book in the jar. Reads a file, so not to be called on an event loop. */
  public static RuleBook shipped() {
    try (InputStream yaml = RuleBookFile.class.getResourceAsStream(SHIPPED)) {
      return read(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The book that a text stands for.
   *
   * @throws IllegalArgumentException naming the key or rule that is wrong
   */
  public static RuleBook read(InputStream yaml) {
    Map<?, ?> book = map("the book", new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    refuseUnknown("the book", book, KEYS);
    Map<?, ?> levels = map("levels", book.get("levels"));
    refuseUnknown("levels", levels, LEVEL_KEYS);
    List<Rule> rules = new ArrayList<>();
    if (!(book.get("rules") instanceof List<?> list)) {
      throw new IllegalArgumentException("fraud rules: rules must be a list");
    }
    for (Object entry : list) {
      rules.add(rule(map("a rule", entry)));
    }
    return new RuleBook(
        new Levels(
            whole("levels", levels, "medium"),
            whole("levels", levels, "high"),
            whole("levels", levels, "critical")),
        rules);
  }

  private static Rule rule(Map<?, ?> rule) {
    String id = String.valueOf(rule.get("id"));
    refuseUnknown(id, rule, RULE_KEYS);
    return new Rule(
        id,
        oneOf(id, rule, "signal", Signal.class),
        rule.containsKey("window") ? whole(id, rule, "window") : null,
        decimal(id, rule, "above"),
        decimal(id, rule, "below"),
        whole(id, rule, "weight"),
        oneOf(id, rule, "times", Times.class),
        decimal(id, rule, "per"),
        whole(id, rule, "cap"),
        Boolean.TRUE.equals(rule.get("enabled")));
  }

  private static Map<?, ?> map(String where, Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("fraud rules: " + where + " must have keys and values");
  }

  private static void refuseUnknown(String where, Map<?, ?> map, Set<String> known) {
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw new IllegalArgumentException(
            "fraud rules: " + where + " has the unknown key " + key + "; known are " + known);
      }
    }
  }

  private static int whole(String where, Map<?, ?> map, String key) {
    if (map.get(key) instanceof Integer value) {
      return value;
    }
    throw wrong(where, key, "a whole number", map.get(key));
  }

  private static BigDecimal decimal(String where, Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Number number) {
      return new BigDecimal(number.toString());
    }
    throw wrong(where, key, "a number", value);
  }

  private static <E extends Enum<E>> E oneOf(
      String where, Map<?, ?> map, String key, Class<E> type) {
    String name = String.valueOf(map.get(key)).toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw wrong(
        where, key, "one of " + List.of(type.getEnumConstants()), String.valueOf(map.get(key)));
  }

  private static IllegalArgumentException wrong(
      String where, String key, String wanted, Object got) {
    return new IllegalArgumentException(
        "fraud rules: " + key + " of " + where + " must be " + wanted + ", got " + got);
  }
}
