package dev.holdfast.chaos;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faults that are active. Each ends when its time is over, whoever asked for it and whether
 * they are still there or not, and all end when this verticle stops. Methods may be called from any
 * thread.
 */
public final class Faults extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  /** More than there are kinds and targets to combine in one platform of today. */
  private static final int ACTIVE_MAX = 64;

  private final Injector injector;
  private final Clock clock;
  private final Duration usual;
  private final Duration longest;
  private final Map<Long, Running> running = new LinkedHashMap<>();
  private volatile List<ActiveFault> active = List.of();
  private long last;

  private record Running(ActiveFault shown, Injector.Ending ending, long timer) {}

  /**
   * None yet.
   *
   * @param usual how long a fault lasts when nobody says how long
   * @param longest how long one may last
   */
  public Faults(Injector injector, Clock clock, Duration usual, Duration longest) {
    this.injector = injector;
    this.clock = clock;
    this.usual = usual;
    this.longest = longest;
  }

  /** Those that are active now, in the order in which they began. */
  public List<ActiveFault> active() {
    return active;
  }

  /**
   * Begins a fault.
   *
   * @param time how long; zero for the usual time
   * @return completes when it is there. Fails with {@link IllegalArgumentException} when there is
   *     no such target or the time is too long, with {@link IllegalStateException} when the same is
   *     active already or can't be done here
   */
  public Future<ActiveFault> begin(Fault fault, Duration time) {
    return onLoop(() -> beginHere(fault, time.isZero() ? usual : time));
  }

  /** Begins what was asked for in words; fails as {@link #begin(Fault, Duration)} does. */
  public Future<ActiveFault> begin(FaultRequest wanted) {
    return onLoop(
        () ->
            beginHere(
                wanted.toFault(), wanted.forMs() == 0 ? usual : Duration.ofMillis(wanted.forMs())));
  }

  /**
   * Ends a fault before its time.
   *
   * @return completes when it is gone; fails with {@link IllegalArgumentException} when none of
   *     that number is active
   */
  public Future<Void> end(long id) {
    return onLoop(
        () -> {
          if (!running.containsKey(id)) {
            throw new IllegalArgumentException("no fault " + id + " is active");
          }
          return endHere(id);
        });
  }

  /** Ends all that are active; completes when they are gone. */
  public Future<Void> endAll() {
    return onLoop(() -> endAllHere().mapEmpty());
  }

  @Override
  public Future<?> stop() {
    return endAllHere();
  }

  private Future<?> endAllHere() {
    return Future.join(List.copyOf(running.keySet()).stream().map(this::endHere).toList());
  }

  private Future<ActiveFault> beginHere(Fault fault, Duration time) {
    if (time.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "a fault lasts %d ms at most, got %d".formatted(longest.toMillis(), time.toMillis()));
    }
    boolean same =
        active.stream()
            .anyMatch(
                one -> one.fault().equals(fault.name()) && one.target().equals(fault.target()));
    if (same || running.size() >= ACTIVE_MAX) {
      throw new IllegalStateException(
          same ? fault.name() + " of " + fault.target() + " is active" : "too many are active");
    }
    long id = ++last;
    Instant now = clock.now();
    Instant until = fault.isMomentary() ? now : now.plus(time);
    ActiveFault shown = new ActiveFault(id, fault.name(), fault.target(), now, until);
    if (fault.isMomentary()) {
      return inject(fault, time).map(done -> told(shown));
    }
    // Reserved before it is there: the same one may be asked for meanwhile.
    keep(new Running(shown, Injector.Ending.NONE, -1));
    return inject(fault, time)
        .transform(
            begun -> {
              if (begun.failed()) {
                forget(id);
                return Future.failedFuture(begun.cause());
              }
              long timer = vertx.setTimer(Math.max(1, time.toMillis()), over -> endHere(id));
              keep(new Running(shown, begun.result(), timer));
              return Future.succeededFuture(told(shown));
            });
  }

  /** What it throws is a failure as any other. */
  private Future<Injector.Ending> inject(Fault fault, Duration time) {
    return Future.succeededFuture(fault).compose(wanted -> injector.begin(wanted, time));
  }

  private static ActiveFault told(ActiveFault shown) {
    LOG.warn("{} of {} begins, until {}", shown.fault(), shown.target(), shown.until());
    return shown;
  }

  private Future<Void> endHere(long id) {
    Running one = running.get(id);
    if (one == null) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(one.timer());
    return Future.succeededFuture(one.ending())
        .compose(Injector.Ending::end)
        .onComplete(
            ended -> {
              forget(id);
              LOG.warn(
                  "{} of {} ends{}",
                  one.shown().fault(),
                  one.shown().target(),
                  ended.succeeded() ? "" : ", badly: " + ended.cause());
            });
  }

  private void keep(Running one) {
    running.put(one.shown().id(), one);
    show();
  }

  private void forget(long id) {
    running.remove(id);
    show();
  }

  private void show() {
    List<ActiveFault> shown = new ArrayList<>();
    running.values().forEach(one -> shown.add(one.shown()));
    active = List.copyOf(shown);
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> answer = Promise.promise();
    context.runOnContext(
        turn -> {
          try {
            work.get().onComplete(answer);
          } catch (RuntimeException refused) {
            answer.fail(refused);
          }
        });
    return answer.future();
  }
}
