package dev.holdfast.supervision;

import dev.holdfast.supervision.LoopRules.Seen;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Probes each event loop of the platform from the supervisor's. */
final class LoopWatch {
  /** Between two looks. */
  static final Duration EVERY = Duration.ofMillis(40);

  private static final List<String> JAVA = List.of("java.", "jdk.", "sun.");

  private final List<Probed> loops = new ArrayList<>();
  private final long warmUntil;
  private long lookedAt;
  private long lateness;

  /** One loop; its answers come from its own thread, all else is the watcher's. */
  private static final class Probed {
    private final EventExecutor loop;
    private volatile Optional<Thread> thread = Optional.empty();
    private volatile boolean answered = true;
    private long sentAt;
    private int looks;
    private List<StackTraceElement> place = List.of();
    private boolean stuck;

    Probed(EventExecutor loop) {
      this.loop = loop;
    }

    void send(long now) {
      sentAt = now;
      looks = 0;
      place = List.of();
      stuck = false;
      answered = false;
      loop.execute(
          () -> {
            thread = Optional.of(Thread.currentThread());
            answered = true;
          });
    }

    /** Looks at its stack; empty when it does not wait. */
    List<StackTraceElement> look() {
      List<StackTraceElement> stack =
          thread.map(Thread::getStackTrace).map(Arrays::asList).orElseGet(List::of);
      boolean waits =
          thread.map(Thread::getState).filter(state -> LoopRules.waits(state, stack)).isPresent();
      looks = !waits ? 0 : stack.equals(place) ? looks + 1 : 1;
      place = stack;
      return waits ? stack : List.of();
    }
  }

  /**
   * A loop that is blocked.
   *
   * @param thread its thread
   * @param silence since it last answered
   * @param place the method that waits, an agent's if one is on the stack
   */
  record Blocked(Thread thread, Duration silence, String place) {}

  /**
   * @param now nanoseconds of the monotonic clock
   * @param warmUp how long more silence is borne
   */
  LoopWatch(Vertx platform, long now, Duration warmUp) {
    ((VertxInternal) platform).nettyEventLoopGroup().forEach(loop -> loops.add(new Probed(loop)));
    // At once, before anything can block them: a loop's thread is known by its first answer.
    loops.forEach(one -> one.send(now));
    warmUntil = now + warmUp.toNanos();
    lookedAt = now;
  }

  /**
   * Sends probes and looks at those that are not answered.
   *
   * @param packages where agents' code lies
   * @return loops that are newly found blocked
   */
  List<Blocked> look(long now, List<String> packages) {
    long late = Math.max(0, now - lookedAt - EVERY.toNanos());
    lateness = Math.max(late, lateness - lateness / 16);
    lookedAt = now;
    List<Blocked> blocked = new ArrayList<>();
    for (Probed one : loops) {
      if (one.answered) {
        one.send(now);
      } else if (!one.stuck) {
        judge(one, now, packages).ifPresent(blocked::add);
      }
    }
    return blocked;
  }

  private Optional<Blocked> judge(Probed one, long now, List<String> packages) {
    List<StackTraceElement> stack = one.look();
    if (stack.isEmpty()) {
      return Optional.empty();
    }
    Optional<StackTraceElement> blamed =
        stack.stream()
            .filter(frame -> packages.stream().anyMatch(frame.getClassName()::startsWith))
            .findFirst();
    Seen seen = new Seen(now - one.sentAt, one.looks, blamed.isPresent());
    one.stuck = LoopRules.isBlocked(seen, lateness, now - warmUntil < 0);
    StackTraceElement frame = blamed.orElseGet(() -> firstOutsideJava(stack));
    return one.stuck
        ? Optional.of(
            new Blocked(
                one.thread.orElseThrow(),
                Duration.ofNanos(seen.silence()),
                frame.getClassName() + "." + frame.getMethodName()))
        : Optional.empty();
  }

  private static StackTraceElement firstOutsideJava(List<StackTraceElement> stack) {
    return stack.stream()
        .filter(frame -> JAVA.stream().noneMatch(frame.getClassName()::startsWith))
        .findFirst()
        .orElseGet(stack::getFirst);
  }

  /** Whether so many are stuck, or one for so long, that the process had better be started anew. */
  boolean isHopeless(long now) {
    List<Probed> stuck = loops.stream().filter(one -> one.stuck && !one.answered).toList();
    long longest = stuck.stream().mapToLong(one -> now - one.sentAt).max().orElse(0);
    return LoopRules.isHopeless(stuck.size(), loops.size(), longest);
  }
}
