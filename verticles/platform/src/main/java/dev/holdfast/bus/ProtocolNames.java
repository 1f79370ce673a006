package dev.holdfast.bus;

import java.util.Locale;

/**
 * Names that follow from a message's class: a record {@code Reserve} nested in {@code
 * InventoryProtocol} belongs to the agent {@code inventory}, its type is {@code inventory.Reserve},
 * and the agent's events go to the topic {@code inventory_events}.
 */
public final class ProtocolNames {
  private static final String SUFFIX = "Protocol";

  private static final ClassValue<String> AGENTS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> message) {
          Class<?> protocol = message.getEnclosingClass();
          if (protocol == null || !protocol.getSimpleName().endsWith(SUFFIX)) {
            throw new IllegalArgumentException(
                message.getName() + " is not nested in an agent's Protocol");
          }
          String name = protocol.getSimpleName();
          return name.substring(0, name.length() - SUFFIX.length()).toLowerCase(Locale.ROOT);
        }
      };

  private static final ClassValue<String> TYPES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> message) {
          return AGENTS.get(message) + "." + message.getSimpleName();
        }
      };

  private ProtocolNames() {}

  /** The agent whose protocol the message belongs to. */
  public static String agentOf(Class<?> message) {
    return AGENTS.get(message);
  }

  /** The message's type as it is written into rows and event headers. */
  public static String typeOf(Class<?> message) {
    return TYPES.get(message);
  }

  /** The topic that an event is told on. */
  public static String topicOf(Class<?> event) {
    return topicOfAgent(agentOf(event));
  }

  /** The topic of an agent's events. */
  public static String topicOfAgent(String agent) {
    return agent + "_events";
  }

  /** The bus address at which an agent answers. */
  public static String addressOf(String agent) {
    return "holdfast.agent." + agent;
  }
}
