package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;

import dev.holdfast.chaos.FaultRequest;
import dev.holdfast.embedded.Signals;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.servers.EmbeddedServices.Child;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The ways in which PostgreSQL is away; the platform needs a proxy before it. */
enum Away {
  /** Postmaster and back ends stand still: nothing is answered, nothing is closed. */
  FROZEN("freeze"),
  /** Killed with -9, and it stays away. */
  KILLED("stop"),
  /** The server is well, and the wire to it takes everything and passes nothing. */
  BLACKHOLED("half-open");

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Longer than any test lets it last; the test ends it itself. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final String fault;

  Away(String fault) {
    this.fault = fault;
  }

  /** PostgreSQL goes away until that is ended. */
  Outage begin(PlatformExtension platform) throws Exception {
    Child before = platform.servers().getFirst();
    if (this == KILLED) {
      Signals.send("KILL", List.of(before.pid()));
    }
    int restarts = before.restarts() + (this == KILLED ? 1 : 0);
    return new Outage(platform, fault, now -> now.alive() && now.restarts() >= restarts);
  }

  /** The answers to COMMITs are lost until that is ended. */
  static Outage ofCommits(PlatformExtension platform) throws Exception {
    return new Outage(platform, "swallow-commit", server -> true);
  }

  /** Goes on until it is ended. */
  @SuppressWarnings("try") // closing waits for the server
  static final class Outage implements AutoCloseable {
    private final PlatformExtension platform;
    private final Predicate<Child> back;
    private final long id;
    private boolean over;

    /**
     * Begins it.
     *
     * @param back how the server is when it is over
     */
    private Outage(PlatformExtension platform, String fault, Predicate<Child> back)
        throws Exception {
      this.platform = platform;
      this.back = back;
      id =
          platform
              .faults()
              .begin(FaultRequest.of(fault, "postgres", LONGEST))
              .await(LIMIT.toSeconds(), TimeUnit.SECONDS)
              .id();
    }

    /** Ends it and waits until all is back; tells when that was, on the monotonic clock. */
    long end() throws Exception {
      over = true;
      platform.faults().end(id).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> back.test(platform.servers().getFirst()));
      return System.nanoTime();
    }

    @Override
    public void close() throws Exception {
      if (!over) {
        end();
      }
    }
  }
}
