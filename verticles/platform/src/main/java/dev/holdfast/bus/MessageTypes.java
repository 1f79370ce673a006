package dev.holdfast.bus;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The classes behind the names in rows and headers. Filled at start from the sealed interfaces of
 * the protocols, read-only afterwards.
 */
public final class MessageTypes {
  private final Map<String, Class<?>> byName;

  private MessageTypes(Map<String, Class<?>> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** All records that the given sealed interfaces permit, directly or below one another. */
  public static MessageTypes of(Class<?>... sealedInterfaces) {
    Map<String, Class<?>> byName = new HashMap<>();
    for (Class<?> root : sealedInterfaces) {
      collect(root, byName);
    }
    return new MessageTypes(byName);
  }

  private static void collect(Class<?> type, Map<String, Class<?>> byName) {
    if (type.isRecord()) {
      byName.put(ProtocolNames.typeOf(type), type);
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, byName);
      }
    } else {
      throw new IllegalArgumentException(type.getName() + " is neither sealed nor a record");
    }
  }

  /**
   * The class of a name such as {@code inventory.Reserve}.
   *
   * @throws IllegalArgumentException when no protocol has it
   */
  public Class<?> named(String name) {
    Class<?> type = byName.get(Objects.requireNonNull(name, "name"));
    if (type == null) {
      throw new IllegalArgumentException("no protocol has a message " + name);
    }
    return type;
  }
}
