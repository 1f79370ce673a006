package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import dev.holdfast.recovery.RungName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What the supervisor remembers of one child across its lives; touched on its loop alone. */
final class Child {
  private static final int PAST_LIVES = 32;

  private final ChildSpec spec;
  private final String group;
  private final int place;
  private final Clock clock;
  private final Map<Signal, Long> restarts = new EnumMap<>(Signal.class);
  private final Deque<String> pastDeployments = new ArrayDeque<>();

  private Optional<Life> life = Optional.empty();
  private boolean doomed;
  private boolean proven;
  private long provenAt;
  private int crashesInARow;
  private Optional<Signal> pending = Optional.empty();
  private Optional<Exit> lastExit = Optional.empty();
  private long startBy;
  private Optional<RungName> rung = Optional.empty();
  private boolean toAct;
  private Optional<Thread> loop = Optional.empty();
  private Optional<Thread> shunned = Optional.empty();
  private int checksFailed;
  private long epoch;

  private Phase rest = Phase.STOPPED;
  private long restTicket;
  private String restDetail = "";
  private boolean awaiting;

  private Phase phase = Phase.STOPPED;
  private String detail = "";
  private Instant since;

  /**
   * @param place its index in its line
   */
  Child(ChildSpec spec, String group, int place, Clock clock) {
    this.spec = spec;
    this.group = group;
    this.place = place;
    this.clock = clock;
    this.since = clock.now();
  }

  ChildSpec spec() {
    return spec;
  }

  String id() {
    return spec.id();
  }

  int place() {
    return place;
  }

  Optional<Life> life() {
    return life;
  }

  boolean lives(Life one) {
    return life.filter(present -> present == one).isPresent() && !doomed;
  }

  /** Its life has been given up, and only has to be ended. */
  boolean isDoomed() {
    return doomed;
  }

  boolean isParked() {
    return rest == Phase.PARKED;
  }

  /** It is over and is not started anew. */
  boolean hasEnded() {
    return rest == Phase.ENDED;
  }

  boolean isDue() {
    return rest == Phase.STOPPED;
  }

  boolean hadDeployment(String deployment) {
    return pastDeployments.contains(deployment);
  }

  /** Why its next start is a restart; empty when it is none. */
  Optional<Signal> pending() {
    return pending;
  }

  /** The rung that its present or next life was made on; empty before the first fall. */
  Optional<RungName> rung() {
    return rung;
  }

  /** Its next life is made on that rung. */
  void climb(RungName next) {
    rung = Optional.of(next);
    toAct = true;
  }

  /** The rung whose action comes before its next life; it is given once. */
  Optional<RungName> takeRung() {
    boolean due = toAct;
    toAct = false;
    return due ? rung : Optional.empty();
  }

  /** Its next life must not be on the loop of its last. */
  void moveLoop() {
    shunned = loop;
  }

  /** The loop of its life is blocked: that is given up, and the next goes elsewhere. */
  void flee() {
    life.ifPresent(
        present -> {
          present.abandon();
          shunned = present.thread();
        });
  }

  /** A loop that its next life must not be on. */
  Optional<Thread> shunnedLoop() {
    return shunned;
  }

  /** A new life begins; a restart is counted with its reason. */
  void begin(Life next) {
    life = Optional.of(next);
    doomed = false;
    checksFailed = 0;
    epoch++;
    pending.ifPresent(reason -> restarts.merge(reason, 1L, Long::sum));
    if (pending.isPresent() || startBy == 0) {
      startBy = clock.nanoTime() + spec.startDeadline().toNanos();
    }
    pending = Optional.empty();
    become(Phase.STARTING, "");
  }

  /** Whether a start that met a stuck loop may be tried again at once. */
  boolean hasTimeToStart() {
    return clock.nanoTime() - startBy < 0;
  }

  void running() {
    wake();
    shunned = Optional.empty();
    become(Phase.RUNNING, "not proven yet");
  }

  void proven() {
    proven = true;
    provenAt = clock.nanoTime();
    become(Phase.RUNNING, "");
  }

  boolean isProven() {
    return proven;
  }

  /** Notes a health check; returns how many have failed in a row. */
  int checked(boolean well) {
    checksFailed = well ? 0 : checksFailed + 1;
    return checksFailed;
  }

  void unproven(Throwable failure) {
    become(Phase.RUNNING, "not proven: " + Exit.oneLine(failure));
  }

  /** Its life is over, or was given up. */
  void doom(Exit exit) {
    lastExit = Optional.of(exit);
    pending = Optional.of(exit.signal());
    doomed = life.isPresent();
    proven = false;
    startBy = 0;
  }

  /** Counts a crash; returns how many came before it without proven health between them. */
  int countCrash(Duration provenFor) {
    if (proven && clock.nanoTime() - provenAt >= provenFor.toNanos()) {
      crashesInARow = 0;
    }
    return crashesInARow++;
  }

  void gone() {
    life.map(Life::deployment).ifPresent(pastDeployments::addLast);
    life.flatMap(Life::thread).ifPresent(thread -> loop = Optional.of(thread));
    if (pastDeployments.size() > PAST_LIVES) {
      pastDeployments.removeFirst();
    }
    life = Optional.empty();
    doomed = false;
    proven = false;
  }

  /** It may not start before it is woken; returns the ticket for that. */
  long rest(Phase why, String text) {
    rest = why;
    restDetail = text;
    awaiting = false;
    startBy = 0;
    return ++restTicket;
  }

  /** It may not start before what it needs is back. */
  void await(String text) {
    rest(Phase.WAITING, text);
    awaiting = true;
  }

  /** Whether it rests until what it needs is back. */
  boolean isAwaiting() {
    return awaiting;
  }

  /** Wakes it if it still rests for what the ticket was given for. */
  boolean wake(long ticket) {
    boolean valid = ticket == restTicket && rest != Phase.STOPPED;
    if (valid) {
      wake();
    }
    return valid;
  }

  /** It may start whenever its line comes to it. */
  void wake() {
    rest(Phase.STOPPED, "");
  }

  /** Its crashes are no longer held against it. */
  void forgive() {
    crashesInARow = 0;
  }

  void pardon() {
    forgive();
    climb(RungName.RESTART);
    pending = Optional.of(Signal.OPERATOR);
    wake();
  }

  /** Shows what it rests for, or that it stands behind another. */
  void showRest(String behind) {
    if (rest == Phase.STOPPED && !behind.isEmpty()) {
      become(Phase.WAITING, "behind " + behind);
    } else {
      become(rest, restDetail);
    }
  }

  Phase phase() {
    return phase;
  }

  String detail() {
    return detail;
  }

  void become(Phase next, String text) {
    if (phase != next) {
      since = clock.now();
    }
    phase = next;
    detail = text;
  }

  ChildState state() {
    return new ChildState(
        spec.id(), group, spec.critical(), phase, detail, since, proven, epoch, restarts, lastExit);
  }
}
