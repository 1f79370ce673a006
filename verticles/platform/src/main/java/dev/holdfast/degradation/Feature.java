package dev.holdfast.degradation;

import java.util.Objects;
import java.util.Set;

/**
 * Something that an agent offers and that can be switched off by itself.
 *
 * @param agent whose it is
 * @param name lower case with underscores, one of its kind
 * @param title what is said of it, such as {@code Placing orders}
 * @param kind what it needs
 * @param lowest the lowest mode it runs in
 * @param operations the API's operations that it consists of; empty for work in the background
 */
public record Feature(
    String agent, String name, String title, Kind kind, Mode lowest, Set<String> operations) {

  /** What a feature needs of its agent. */
  public enum Kind {
    /** It reads. */
    READS,
    /** It needs a database that takes writes. */
    WRITES,
    /** It writes, and can be kept as an intent while the database takes none. */
    WRITES_OR_INTENT,
    /** Work in the background, which is left out while it is off and made up for later. */
    BACKGROUND
  }

  public Feature {
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(name, "name");
    operations = Set.copyOf(operations);
  }

  /** A feature of some operations. */
  public static Feature of(
      String agent, String name, String title, Kind kind, Mode lowest, String... operations) {
    return new Feature(agent, name, title, kind, lowest, Set.of(operations));
  }

  /** The same with another lowest mode. */
  public Feature downTo(Mode mode) {
    return new Feature(agent, name, title, kind, mode, operations);
  }
}
