package dev.holdfast.launcher.watch;

import dev.holdfast.degradation.Capability;
import dev.holdfast.degradation.Degradation;
import dev.holdfast.degradation.Level;
import dev.holdfast.degradation.Mode;
import dev.holdfast.degradation.Standing;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.launcher.settings.DegradationSettings.ProbeSettings;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Phase;
import dev.holdfast.supervision.TreeState;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks twice a second whether the dependencies are there, which agents are parked and how hard the
 * work is, and tells the degradation. Its own {@code Vertx} is that of the supervisor: a loop of
 * the platform that hangs keeps nothing from being seen.
 *
 * <p>Each probe begins on its tick, whatever became of the one before, and has failed at its
 * deadline; so a dependency that answers nothing is found as fast as one that refuses. What failed
 * while this process itself stood still is not held against anybody.
 */
public final class DependencyWatch extends VerticleBase {
  private static final Duration SILENCE = Duration.ofMillis(1_300);
  private static final Set<String> DATABASE =
      Set.of(Capability.PG_READ.label(), Capability.PG_WRITE.label());

  private final List<Probe> probes;
  private final ProbeSettings times;
  private final Supplier<TreeState> tree;
  private final LoadWatch load;
  private final Degradation degradation;
  private final Clock clock;
  private final Set<String> parked = new HashSet<>();
  private final Set<Capability> proving = EnumSet.noneOf(Capability.class);
  private final Promise<Void> allThere = Promise.promise();
  private long lastNanos;
  private volatile long writtenAt;
  private long standstills;

  DependencyWatch(
      List<Probe> probes,
      ProbeSettings times,
      Supplier<TreeState> tree,
      LoadWatch load,
      Degradation degradation,
      Clock clock) {
    this.probes = List.copyOf(probes);
    this.times = times;
    this.tree = tree;
    this.load = load;
    this.degradation = degradation;
    this.clock = clock;
    this.writtenAt = clock.nanoTime();
  }

  /** Has started when every probe has said something. */
  @Override
  public Future<?> start() {
    lastNanos = clock.nanoTime();
    vertx.setPeriodic(times.everyMs(), tick -> tick());
    return look().onComplete(seen -> degradation.update());
  }

  private void tick() {
    long now = clock.nanoTime();
    if (now - lastNanos > times.every().plus(times.answerWithin()).toNanos()) {
      standstills++;
    }
    lastNanos = now;
    tree.get().children().forEach(this::placed);
    degradation.loaded(load.measure());
    sayWhenAllIsThere();
    var unused = look();
  }

  private Future<?> look() {
    List<Future<?>> looks = new ArrayList<>();
    for (Probe probe : probes) {
      long before = standstills;
      looks.add(
          asked(probe::look)
              .andThen(
                  seen -> {
                    if (seen.succeeded() || before == standstills) {
                      saw(probe, seen);
                    }
                  }));
    }
    return Future.join(looks).otherwiseEmpty();
  }

  private void sayWhenAllIsThere() {
    Standing now = degradation.standing();
    if (now.level() == Level.FULL && now.mode() == Mode.NORMAL) {
      allThere.tryComplete();
    }
  }

  /** The answer on this loop, whatever loop or thread the probe has: the memory is not shared. */
  private Future<?> asked(Function<Deadline, Future<?>> question) {
    Promise<Object> here = Promise.promise();
    Future.succeededFuture(Deadline.in(times.answerWithin(), clock))
        .compose(question::apply)
        .onComplete(
            seen -> context.runOnContext(turn -> here.handle(seen.map(Object.class::cast))));
    return here.future();
  }

  private void saw(Probe probe, AsyncResult<?> seen) {
    Capability capability = probe.capability();
    if (seen.succeeded() && capability == Capability.PG_WRITE) {
      writtenAt = clock.nanoTime();
    }
    String text = seen.succeeded() ? "works" : String.valueOf(seen.cause().getMessage());
    if (degradation.probed(capability, seen.succeeded(), text) && proving.add(capability)) {
      asked(probe::prove)
          .onSuccess(done -> degradation.proven(capability))
          .onFailure(
              cause -> degradation.probed(capability, false, "no proof: " + cause.getMessage()))
          .onComplete(done -> proving.remove(capability));
    }
  }

  private void placed(ChildState child) {
    boolean isParked = child.phase() == Phase.PARKED;
    if (isParked && parked.add(child.id())) {
      degradation.parked(child.id(), "parked: " + child.detail());
    } else if (!isParked && parked.remove(child.id())) {
      degradation.unparked(child.id());
    }
  }

  /**
   * Whether PostgreSQL did not take the last writes that were tried, in whatever way; sooner than
   * the level says so. Any thread.
   */
  public boolean databaseIsSilent() {
    return clock.nanoTime() - writtenAt > SILENCE.toNanos();
  }

  /** Succeeds when everything is there for the first time: level 0 in normal mode. */
  public Future<Void> allThere() {
    return allThere.future();
  }

  /** Levels and mode now, and why. */
  public Standing standing() {
    return degradation.standing();
  }

  /** From 0, full, to 4, failed. */
  public int level() {
    return standing().level().number();
  }

  public List<String> reasons() {
    return standing().reasons().stream()
        .map(reason -> reason.subject() + ": " + reason.text())
        .toList();
  }

  /** What of the database is away, in words; empty when it can be read and written. */
  public Optional<String> databaseAway() {
    return standing().reasons().stream()
        .filter(reason -> DATABASE.contains(reason.subject()))
        .findFirst()
        .map(reason -> reason.subject() + ", " + reason.text());
  }
}
