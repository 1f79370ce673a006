package dev.holdfast.commerce.api;

import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.OutageCodes;
import java.util.Set;

/** Whether it is the database that an agent could not answer for. */
final class OutageRules {
  /** The database said so, or its connections did. */
  private static final Set<String> CERTAIN =
      Set.of(
          OutageCodes.COMMIT_UNKNOWN,
          OutageCodes.CONNECTION_LOST,
          OutageCodes.UNREACHABLE,
          OutageCodes.SHUTTING_DOWN,
          OutageCodes.READ_ONLY,
          OutageCodes.OUT_OF_RESOURCES);

  /** The agent itself is away; it will be started again. */
  private static final String AGENT_AWAY = "agent_away";

  private OutageRules() {}

  /**
   * Whether the database is to blame.
   *
   * @param silent whether it did not answer a probe lately; then a deadline that passed, or a queue
   *     that is full, is its doing
   */
  static boolean isOfDatabase(Throwable cause, boolean silent) {
    return cause instanceof Unavailable outage
        && (CERTAIN.contains(outage.code()) || (silent && !outage.code().equals(AGENT_AWAY)));
  }
}
