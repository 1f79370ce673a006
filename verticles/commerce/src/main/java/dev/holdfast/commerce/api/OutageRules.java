package dev.holdfast.commerce.api;

import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.OutageCodes;
import java.util.Set;

/** Whether it is the database that an agent could not answer for. */
final class OutageRules {
  /**
   * The database or its connections said so, or a write came to no end in its time: then it may
   * have been committed or not, and is safe to be asked again under its id.
   */
  private static final Set<String> CERTAIN =
      Set.of(
          OutageCodes.COMMIT_UNKNOWN,
          OutageCodes.CONNECTION_LOST,
          OutageCodes.UNREACHABLE,
          OutageCodes.SHUTTING_DOWN,
          OutageCodes.READ_ONLY,
          OutageCodes.OUT_OF_RESOURCES,
          OutageCodes.STATEMENT_TIMEOUT,
          OutageCodes.LOCK_TIMEOUT,
          OutageCodes.POOL_EXHAUSTED,
          Unavailable.DEADLINE_PASSED);

  /** The agent itself is away; it will be started again. */
  private static final String AGENT_AWAY = "agent_away";

  private OutageRules() {}

  /**
   * Whether the database is to blame.
   *
   * @param silent whether it did not answer a probe lately; then a queue that is full is its doing
   *     too
   */
  static boolean isOfDatabase(Throwable cause, boolean silent) {
    return cause instanceof Unavailable outage
        && (CERTAIN.contains(outage.code()) || (silent && !outage.code().equals(AGENT_AWAY)));
  }
}
