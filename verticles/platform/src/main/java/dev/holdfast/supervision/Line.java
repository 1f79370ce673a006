package dev.holdfast.supervision;

import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Children that are started in order and fall together: a crash of one moves all behind it.
 *
 * <p>It knows one thing, its <em>floor</em>: the first child that does not run as it should.
 * Whatever happens lowers the floor, and then the line does the one next thing: end the last life
 * at or above the floor; when none is left, start the child on the floor; when that runs, raise the
 * floor. So a crash in the middle of a restart, of whichever child, needs no rule of its own.
 */
final class Line {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  /** Between two askings for a proof. */
  private static final Backoff PROOF = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));

  private final List<Child> children;
  private final RestartIntensity intensity;
  private final Means means;
  private final Promise<Void> settled = Promise.promise();
  private final Promise<Void> closed = Promise.promise();
  private int floor;
  private boolean busy;
  private boolean closing;

  /**
   * @param intensity shared with the other lines of the group
   */
  Line(List<Child> children, RestartIntensity intensity, Means means) {
    this.children = children;
    this.intensity = intensity;
    this.means = means;
  }

  /** Starts all; completes when all run, or the first that does not has to wait. */
  Future<Void> open() {
    advance();
    return settled.future();
  }

  /** Ends all lives in reverse, for good. */
  Future<Void> close() {
    closing = true;
    floor = 0;
    children.forEach(child -> means.incidents().ended(child.id(), Incident.Outcome.STOPPED));
    advance();
    return closed.future();
  }

  /** A crash was seen of a child that lives. */
  void crashed(Child child, Exit exit) {
    if (closing || child.life().isEmpty()) {
      return;
    }
    if (child.isDoomed()) {
      means.incidents().alsoSeen(child.id(), exit);
      return;
    }
    fell(child, exit);
  }

  /** A person wants a child started anew; no gate but the restart budget holds it up. */
  void restart(Child child, String reason) {
    child.doom(new Exit(Signal.OPERATOR, reason, means.clock().now()));
    child.wake();
    fallTo(child);
  }

  /** A person lets a parked child start again, with a clean record. */
  void unpark(Child child) {
    intensity.clear();
    child.pardon();
    fallTo(child);
  }

  boolean isClosing() {
    return closing;
  }

  private void fell(Child child, Exit exit) {
    long now = means.clock().nanoTime();
    int before = child.countCrash(means.settings().provenFor());
    child.doom(exit);
    boolean permitted = intensity.permits(now);
    String count =
        "%d of %d crashes in %d s"
            .formatted(
                intensity.count(now),
                intensity.limit().crashes(),
                intensity.limit().within().toSeconds());
    if (permitted) {
      Duration wait = means.settings().backoff().wait(before);
      means.incidents().opened(child.id(), exit, "backoff " + wait.toMillis() + " ms, " + count);
      hold(child, wait, Phase.BACKING_OFF, count + "; " + exit.detail());
    } else {
      means.incidents().opened(child.id(), exit, count);
      means.incidents().acted(child.id(), "park " + child.id());
      means.incidents().ended(child.id(), Incident.Outcome.PARKED);
      child.rest(Phase.PARKED, count + "; " + exit.detail());
    }
    LOG.warn("{} crashed ({}), {}: {}", child.id(), exit.signal(), count, exit.detail());
    fallTo(child);
  }

  private void fallTo(Child child) {
    floor = Math.min(floor, child.place());
    advance();
  }

  /** Does the next thing, unless it is being done. */
  private void advance() {
    if (busy) {
      return;
    }
    for (int place = children.size() - 1; place >= floor; place--) {
      if (children.get(place).life().isPresent()) {
        end(children.get(place));
        return;
      }
    }
    if (closing) {
      children.forEach(child -> child.become(Phase.STOPPED, ""));
      settled.tryComplete();
      closed.tryComplete();
    } else if (floor < children.size() && mayStart(children.get(floor))) {
      begin(children.get(floor));
    } else {
      showRest();
      settled.tryComplete();
    }
    means.changed().run();
  }

  private void showRest() {
    for (int place = floor; place < children.size(); place++) {
      children.get(place).showRest(place == floor ? "" : children.get(floor).id());
    }
  }

  private boolean mayStart(Child child) {
    if (!child.isDue()) {
      return false;
    }
    if (child.pending().isEmpty()) {
      return true;
    }
    long nanos = means.budget().take(means.clock().nanoTime());
    if (nanos > 0) {
      hold(child, Duration.ofNanos(nanos), Phase.BACKING_OFF, "restart budget is spent");
    }
    return nanos == 0;
  }

  private void hold(Child child, Duration wait, Phase why, String detail) {
    long ticket = child.rest(why, detail);
    long millis = Math.max(1, wait.plusNanos(999_999).toMillis());
    means
        .loop()
        .vertx()
        .setTimer(
            millis,
            id -> {
              if (child.wake(ticket)) {
                advance();
              }
            });
  }

  private void begin(Child child) {
    busy = true;
    Life life = means.newLife(child.spec());
    if (child.pending().isPresent()) {
      means.incidents().acted(child.id(), "restart " + namesFrom(child));
    }
    child.begin(life);
    life.start()
        .onComplete(
            started -> {
              busy = false;
              if (started.succeeded()) {
                runs(child, life);
              } else {
                notStarted(child, started.cause());
              }
              advance();
            });
  }

  private String namesFrom(Child child) {
    return children.stream().skip(child.place()).map(Child::id).collect(Collectors.joining(", "));
  }

  private void runs(Child child, Life life) {
    if (child.isDoomed()) {
      return;
    }
    child.running();
    if (floor == child.place()) {
      floor++;
    }
    prove(child, life, 0);
  }

  private void notStarted(Child child, Throwable cause) {
    boolean wasDoomed = child.isDoomed();
    child.gone();
    if (cause instanceof OwnLoop.NotInTime) {
      means.tally().orphans++;
    }
    if (closing || wasDoomed) {
      return;
    }
    if (cause instanceof Life.StuckLoop && child.hasTimeToStart()) {
      means.tally().droppedStarts++;
    } else if (isOutage(cause)) {
      means.tally().outages++;
      Duration most = means.settings().outageRetry();
      hold(child, new Backoff(most, most).wait(0), Phase.WAITING, "outage: " + Exit.oneLine(cause));
    } else {
      fell(child, Exit.of(Signal.START_FAILED, cause, means.clock().now()));
    }
  }

  private void end(Child child) {
    busy = true;
    if (!child.isDoomed() && !closing) {
      Instant now = means.clock().now();
      child.doom(new Exit(Signal.SIBLING, "behind " + children.get(floor).id(), now));
    }
    child.become(Phase.STOPPING, "");
    means.changed().run();
    child
        .life()
        .orElseThrow()
        .stop()
        .onComplete(
            stopped -> {
              busy = false;
              if (stopped.failed()) {
                badEnd(child, stopped.cause());
              }
              child.gone();
              advance();
            });
  }

  private void badEnd(Child child, Throwable cause) {
    if (cause instanceof OwnLoop.NotInTime) {
      means.tally().orphans++;
    }
    LOG.warn("{} was left behind or stopped badly: {}", child.id(), cause.toString());
  }

  private void prove(Child child, Life life, int asked) {
    if (!child.lives(life)) {
      return;
    }
    life.prove()
        .onComplete(
            answer -> {
              if (child.lives(life)) {
                if (answer.succeeded()) {
                  child.proven();
                  means.incidents().proven(child.id());
                } else {
                  child.unproven(answer.cause());
                  long wait = PROOF.bound(asked).toMillis();
                  means.loop().vertx().setTimer(wait, id -> prove(child, life, asked + 1));
                }
                means.changed().run();
              }
            });
  }

  static boolean isOutage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Unavailable) {
        return true;
      }
    }
    return false;
  }
}
