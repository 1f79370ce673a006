package dev.holdfast.journal;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;

/**
 * Tests the journal at its start, every day, and every few seconds while it is down, so that it is
 * known beforehand whether it would work.
 */
public final class JournalCare extends VerticleBase {
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Journal journal;
  private final Clock clock;
  private final Duration every;
  private long provenAt;
  private boolean testing;

  /**
   * @param every how often it is tested while it is well
   */
  public JournalCare(Journal journal, Clock clock, Duration every) {
    this.journal = journal;
    this.clock = clock;
    this.every = every;
  }

  /** A journal that can't be opened is an outage of it, not of the process. */
  @Override
  public Future<?> start() {
    vertx.setPeriodic(LOOK.toMillis(), tick -> look());
    return test().otherwiseEmpty();
  }

  private void look() {
    boolean due = clock.nanoTime() - provenAt >= every.toNanos();
    if (!testing && (due || journal.isBroken())) {
      test();
    }
  }

  private Future<Void> test() {
    testing = true;
    return journal
        .selfTest()
        .onSuccess(proven -> provenAt = clock.nanoTime())
        .onComplete(done -> testing = false);
  }
}
