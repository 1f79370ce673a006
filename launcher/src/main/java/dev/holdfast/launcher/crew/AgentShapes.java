package dev.holdfast.launcher.crew;

import dev.holdfast.agent.LaneSettings;
import dev.holdfast.commerce.fraud.RuleBook;
import dev.holdfast.commerce.payment.PaymentSettings;
import dev.holdfast.commerce.transport.TransportSettings;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.recovery.Configuration;
import dev.holdfast.recovery.ConfigurationShape;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What can be changed of each agent at run time, and the settings that come of it. */
public final class AgentShapes {
  private static final int SECOND = 1_000;
  private static final int HOUR = 3_600_000;

  private AgentShapes() {}

  /** By agent. */
  public static Map<String, ConfigurationShape> all(LaneSettings lanes, RuleBook rules) {
    Map<String, ConfigurationShape> shapes = new LinkedHashMap<>();
    for (String agent : Crew.NAMES) {
      shapes.put(agent, shape(lanes, Map.of(), values -> {}));
    }
    ConfigurationShape.Key reorderPoint = new ConfigurationShape.Key(0, 1_000_000, 10);
    shapes.put(
        "inventory", shape(lanes, Map.of("reorderPoint", reorderPoint), AgentShapes::reorderPoint));
    shapes.put("payment", shape(lanes, paymentKeys(), AgentShapes::payment));
    shapes.put("transport", shape(lanes, transportKeys(), AgentShapes::transport));
    shapes.put("fraud", shape(lanes, fraudKeys(rules), values -> fraud(rules, values)));
    return shapes;
  }

  private static ConfigurationShape shape(
      LaneSettings lanes, Map<String, ConfigurationShape.Key> own, Consumer<Configuration> check) {
    Map<String, ConfigurationShape.Key> keys = new LinkedHashMap<>(own);
    keys.put(
        "laneCommands",
        new ConfigurationShape.Key(1, lanes.batchCommandsMax(), lanes.batchCommandsMax()));
    keys.put("laneConnections", new ConfigurationShape.Key(1, 8, lanes.connectionsMax()));
    return new ConfigurationShape(keys, check);
  }

  private static Map<String, ConfigurationShape.Key> paymentKeys() {
    PaymentSettings shipped = PaymentSettings.standard();
    return Map.of(
        "checkAfterMs",
            new ConfigurationShape.Key(SECOND, HOUR, (int) shipped.checkAfter().toMillis()),
        "watchEveryMs",
            new ConfigurationShape.Key(SECOND, HOUR, (int) shipped.watchEvery().toMillis()),
        "watchForMs", new ConfigurationShape.Key(SECOND, HOUR, (int) shipped.watchFor().toMillis()),
        "roundEveryMs",
            new ConfigurationShape.Key(SECOND, HOUR, (int) shipped.roundEvery().toMillis()));
  }

  private static Map<String, ConfigurationShape.Key> transportKeys() {
    TransportSettings shipped = TransportSettings.standard();
    return Map.of(
        "triesMax", new ConfigurationShape.Key(1, 10, shipped.triesMax()),
        "backoffMs",
            new ConfigurationShape.Key(1, SECOND, (int) shipped.backoff().base().toMillis()),
        "backoffMaxMs",
            new ConfigurationShape.Key(1, 10 * SECOND, (int) shipped.backoff().cap().toMillis()),
        "watchEveryMs",
            new ConfigurationShape.Key(SECOND, HOUR, (int) shipped.watchEvery().toMillis()),
        "watchForMs", new ConfigurationShape.Key(SECOND, HOUR, (int) shipped.watchFor().toMillis()),
        "roundEveryMs",
            new ConfigurationShape.Key(SECOND, HOUR, (int) shipped.roundEvery().toMillis()));
  }

  private static Map<String, ConfigurationShape.Key> fraudKeys(RuleBook rules) {
    return Map.of(
        "mediumFrom", new ConfigurationShape.Key(1, 100, rules.levels().medium()),
        "highFrom", new ConfigurationShape.Key(1, 100, rules.levels().high()),
        "criticalFrom", new ConfigurationShape.Key(1, 100, rules.levels().critical()));
  }

  /** The limits of an agent's lane. */
  static LaneSettings lane(LaneSettings shipped, Configuration values) {
    return shipped.withBatches(values.whole("laneCommands"), values.whole("laneConnections"));
  }

  /** Free units at which stock counts as low. */
  static long reorderPoint(Configuration values) {
    return values.whole("reorderPoint");
  }

  /** How often an agent's partner is asked about what is open. */
  public static Duration roundEvery(Configuration values) {
    return values.time("roundEveryMs");
  }

  static PaymentSettings payment(Configuration values) {
    return new PaymentSettings(
        values.time("checkAfterMs"),
        values.time("watchEveryMs"),
        values.time("watchForMs"),
        roundEvery(values));
  }

  static TransportSettings transport(Configuration values) {
    return new TransportSettings(
        values.whole("triesMax"),
        new Backoff(values.time("backoffMs"), values.time("backoffMaxMs")),
        values.time("watchEveryMs"),
        values.time("watchForMs"),
        roundEvery(values));
  }

  static RuleBook fraud(RuleBook shipped, Configuration values) {
    RuleBook.Levels levels =
        new RuleBook.Levels(
            values.whole("mediumFrom"), values.whole("highFrom"), values.whole("criticalFrom"));
    return new RuleBook(levels, shipped.rules());
  }
}
