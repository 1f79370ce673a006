package dev.holdfast.supervision;

import dev.holdfast.kernel.Backoff;
import dev.holdfast.recovery.Ladder;
import dev.holdfast.recovery.RungName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  private final List<Child> children;
  private final Group group;
  private final Means means;
  private final Proving proving;
  private final Promise<Void> settled = Promise.promise();
  private final Promise<Void> closed = Promise.promise();
  private final boolean together;
  private int floor;
  private boolean busy;
  private boolean closing;

  /**
   * @param group shared with its other lines
   * @param together whether a fall moves all, and not only those behind
   */
  Line(List<Child> children, Group group, boolean together, Means means) {
    this.children = children;
    this.group = group;
    this.together = together;
    this.means = means;
    this.proving = new Proving(means, this::crashed);
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
    child.climb(RungName.RESTART);
    fallTo(child);
  }

  /** A person lets a parked child start again, with a clean record. */
  void unpark(Child child) {
    group.falls().forget();
    child.pardon();
    fallTo(child);
  }

  List<Child> children() {
    return children;
  }

  boolean isClosing() {
    return closing;
  }

  private void fell(Child child, Exit exit) {
    if (!child.spec().restart().follows(exit.signal())) {
      child.doom(exit);
      child.rest(Phase.ENDED, exit.detail());
      fallTo(child);
      return;
    }
    Falls.Answer answer = group.falls().to(child, exit);
    switch (answer.reach()) {
      case CHILD -> hold(child, answer.pause(), Phase.BACKING_OFF, answer.detail());
      case GROUP -> group.beginAnew(answer.pause());
      case NOBODY -> child.rest(Phase.PARKED, answer.detail());
    }
    fallTo(child);
  }

  /** All lives end, in reverse, and new ones begin after the rest; parked ones as well. */
  void beginAnew(Duration rest, String why) {
    if (closing) {
      return;
    }
    for (Child child : children) {
      if (!child.hasEnded()) {
        if (child.pending().isEmpty()) {
          child.doom(new Exit(Signal.SIBLING, why, means.clock().now()));
        }
        child.forgive();
        hold(child, rest, Phase.BACKING_OFF, why);
      }
    }
    floor = 0;
    advance();
  }

  private void fallTo(Child child) {
    floor = together ? 0 : Math.min(floor, child.place());
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
    while (floor < children.size() && children.get(floor).hasEnded()) {
      children.get(floor++).showRest("");
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
    Optional<String> away = away(child);
    if (away.isPresent()) {
      child.await("until it is back: " + away.get());
      return false;
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
    child
        .takeRung()
        .map(rung -> act(child, rung))
        .orElseGet(() -> Future.succeededFuture(""))
        .onComplete(did -> startAfter(child, did.succeeded() ? did.result() : failed(did.cause())));
  }

  private Future<String> act(Child child, RungName rung) {
    Ladder ladder = means.services().ladder();
    if (ladder.movesLoop(rung)) {
      child.moveLoop();
    }
    return means
        .loop()
        .within(
            ladder.policyOf(rung).actWithin(),
            rung.label() + " of " + child.id(),
            answer -> ladder.act(rung, child.id()).onComplete(answer));
  }

  private static String failed(Throwable cause) {
    LOG.warn("a rung's action failed", cause);
    return Exit.oneLine(cause);
  }

  private void startAfter(Child child, String did) {
    if (closing) {
      busy = false;
      advance();
      return;
    }
    if (child.pending().isPresent()) {
      String more = did.isEmpty() ? "" : "; " + did;
      means.incidents().acted(child.id(), "restart " + namesFrom(child) + more);
    }
    Life life = means.newLife(child);
    child.pending().ifPresent(why -> means.meters().restarted(child.id(), why));
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
    proving.of(child, life);
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
    } else if (Outages.caused(cause)) {
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

  /** Asks every child of which nothing was heard lately whether it is well. */
  void check() {
    for (Child child : children) {
      if (child.phase() == Phase.RUNNING && child.isProven()) {
        child.life().ifPresent(life -> proving.check(child, life));
      }
    }
  }

  /** Wakes those whose dependency is back, spread in time. */
  void lookAtDependencies() {
    for (Child child : children) {
      if (child.isAwaiting() && away(child).isEmpty()) {
        Duration most = means.settings().outageRetry();
        hold(child, new Backoff(most, most).wait(0), Phase.WAITING, "what it needs is back");
      }
    }
  }

  private Optional<String> away(Child child) {
    return means.services().away().apply(child.id());
  }
}
