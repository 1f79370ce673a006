package dev.holdfast.supervision;

import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Asks lives for their proofs: a new one until it has answered well or its rung's time is over, an
 * old one now and then. Time in which something the child needs is away counts for nothing.
 */
final class Proving {
  /** Between two askings. */
  private static final Backoff AGAIN = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));

  /** Health checks that a child may fail in a row, less one. */
  private static final int CHECKS_FAILED_MAX = 3;

  private final Means means;
  private final BiConsumer<Child, Exit> fallen;

  /**
   * @param fallen told of a child that could not be proven well
   */
  Proving(Means means, BiConsumer<Child, Exit> fallen) {
    this.means = means;
    this.fallen = fallen;
  }

  /** Asks a new life until it is proven. */
  void of(Child child, Life life) {
    ask(child, life, 0, 0);
  }

  private void ask(Child child, Life life, int asked, long spent) {
    if (!child.lives(life)) {
      return;
    }
    Clock clock = means.clock();
    long from = clock.nanoTime();
    life.prove()
        .onComplete(
            answer -> {
              if (child.lives(life)) {
                if (answer.succeeded()) {
                  child.proven();
                  means.incidents().proven(child.id());
                } else {
                  child.unproven(answer.cause());
                  long wait = AGAIN.bound(asked).toMillis();
                  long more = clock.nanoTime() - from + Duration.ofMillis(wait).toNanos();
                  again(child, life, asked, blames(child, answer.cause()) ? spent + more : spent);
                }
                means.changed().run();
              }
            });
  }

  private void again(Child child, Life life, int asked, long spent) {
    Optional<Duration> limit =
        child.rung().map(rung -> means.services().ladder().policyOf(rung).proofWithin());
    if (limit.filter(most -> spent >= most.toNanos()).isPresent()) {
      fallen.accept(child, unproven(child, "not within " + limit.get().toMillis() + " ms"));
    } else {
      long wait = AGAIN.bound(asked).toMillis();
      means.loop().vertx().setTimer(wait, id -> ask(child, life, asked + 1, spent));
    }
  }

  /** Whether a failed proof speaks against the child, and not against what it needs. */
  private boolean blames(Child child, Throwable cause) {
    return !Outages.caused(cause) && means.services().away().apply(child.id()).isEmpty();
  }

  private Exit unproven(Child child, String text) {
    return new Exit(Signal.UNPROVEN, text + ": " + child.detail(), means.clock().now());
  }

  /** Asks a proven life whether it is still well; three failures in a row are a fall. */
  void check(Child child, Life life) {
    life.prove()
        .onComplete(
            answer -> {
              if (!child.lives(life) || !child.isProven()) {
                return;
              }
              if (answer.succeeded()) {
                child.checked(true);
              } else if (blames(child, answer.cause())
                  && child.checked(false) >= CHECKS_FAILED_MAX) {
                String text = CHECKS_FAILED_MAX + " health checks failed";
                fallen.accept(
                    child,
                    new Exit(
                        Signal.UNPROVEN,
                        text + ": " + Exit.oneLine(answer.cause()),
                        means.clock().now()));
              }
            });
  }
}
