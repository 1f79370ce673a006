package dev.holdfast.launcher.faults;

import dev.holdfast.chaos.Injector;
import dev.holdfast.recovery.Configuration;
import dev.holdfast.recovery.Configurations;
import io.vertx.core.Future;
import java.util.Map;
import java.util.TreeMap;

/**
 * A configuration that no check has seen, and that its agent can't be made with. Who has climbed to
 * the rollback by then has gone back from it; else its end does.
 *
 * @param version the bad one
 */
record BadConfiguration(Configurations configurations, String agent, int version)
    implements Injector.Ending {
  /** Every agent has a lane, and none takes no command at all. */
  private static final String KEY = "laneCommands";

  /**
   * Puts it in force; the agent's next instance is made with it.
   *
   * @throws IllegalStateException when no configuration was proven yet that could be gone back to
   */
  static BadConfiguration of(Configurations configurations, String agent) {
    boolean proven =
        configurations.all(agent).stream()
            .anyMatch(one -> one.provenAt().isPresent() && one.failedAt().isEmpty());
    if (!proven) {
      throw new IllegalStateException(
          "no configuration of " + agent + " was proven yet, so there is none to go back to");
    }
    Configuration good = configurations.current(agent);
    Map<String, Integer> values = new TreeMap<>(good.values());
    values.put(KEY, 0);
    int version = configurations.adopt(agent, values, "a fault on purpose").version();
    return new BadConfiguration(configurations, agent, version);
  }

  @Override
  public Future<Void> end() {
    if (configurations.current(agent).version() == version) {
      configurations.rollBack(agent);
    }
    return Future.succeededFuture();
  }
}
