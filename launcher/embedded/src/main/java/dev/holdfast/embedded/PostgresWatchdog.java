package dev.holdfast.embedded;

/** The shell around PostgreSQL that makes it obey our life. */
final class PostgresWatchdog {
  /**
   * Runs the command given as arguments with an empty input, and stops it (fast shutdown) when the
   * shell's own input ends or the shell is told to stop. A stopped server is continued first, else
   * it could not end; one that does not end in 20 s is killed. The loop around {@code wait} is
   * there because a signal ends the waiting early. The watchdog is killed as soon as the server has
   * gone, so that it never signals a stranger who was given the number later.
   */
  static final String SCRIPT =
      """
      exec 3<&0 </dev/null
      "$@" 3<&- &
      server=$!
      family() { echo "$server" $(cat "/proc/$server/task/$server/children" 2>/dev/null); }
      stop() { kill -CONT $(family) 2>/dev/null; kill -INT "$server" 2>/dev/null; }
      trap stop TERM INT HUP
      (
        trap - TERM INT HUP
        while read -r line <&3; do :; done
        stop
        seconds=0
        while kill -0 "$server" 2>/dev/null && [ $seconds -lt 20 ]; do
          sleep 1
          seconds=$((seconds + 1))
        done
        kill -0 "$server" 2>/dev/null && kill -KILL $(family) 2>/dev/null
      ) &
      watchdog=$!
      exec 3<&-
      while :; do
        wait "$server"
        code=$?
        kill -0 "$server" 2>/dev/null || break
      done
      kill -KILL "$watchdog" 2>/dev/null
      exit $code
      """;

  private PostgresWatchdog() {}
}
