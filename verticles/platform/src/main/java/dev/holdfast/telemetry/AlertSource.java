package dev.holdfast.telemetry;

import java.util.List;

/** Who knows the alerts about one agent. Read from memory: it never waits and never fails. */
public interface AlertSource {
  /** How many past alerts are known at most. */
  int HISTORY_MAX = 1_000;

  /** Where nobody raises any. */
  AlertSource NONE =
      new AlertSource() {
        @Override
        public List<AlertView> active(String agent) {
          return List.of();
        }

        @Override
        public List<AlertView> history(String agent, int limit) {
          return List.of();
        }
      };

  /** Those that are on now, the oldest first. Any thread. */
  List<AlertView> active(String agent);

  /**
   * The latest, active and over, the newest first. Any thread.
   *
   * @param limit 1 to {@link #HISTORY_MAX}
   */
  List<AlertView> history(String agent, int limit);
}
