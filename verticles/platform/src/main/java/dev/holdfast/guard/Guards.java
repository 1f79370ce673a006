package dev.holdfast.guard;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.telemetry.GuardFigures;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The process's guards, by name: whoever asks for the same name gets the same guard. */
public final class Guards {
  /** The numbers under which states are shown. */
  private static final List<State> BY_NUMBER = List.of(State.CLOSED, State.OPEN, State.HALF_OPEN);

  private final Vertx vertx;
  private final Clock clock;
  private final Meters meters;
  private final Function<Throwable, ErrorRecovery> recovery;
  private final Map<String, Guard> guards = new ConcurrentHashMap<>();

  /** Guards that retry every failure that counts. */
  public Guards(Vertx vertx, Clock clock, Meters meters) {
    this(vertx, clock, meters, failure -> ErrorRecovery.RETRY);
  }

  /**
   * Guards that ask what is done about an error: one that another way is taken for, or that the
   * platform goes on with less for, is not asked again.
   *
   * @param recovery what the table of errors says of a failure; any thread
   */
  public Guards(
      Vertx vertx, Clock clock, Meters meters, Function<Throwable, ErrorRecovery> recovery) {
    this.vertx = vertx;
    this.clock = clock;
    this.meters = meters;
    this.recovery = recovery;
  }

  /**
   * The guard of this name.
   *
   * @param settings count when the name is asked for the first time
   */
  public Guard named(String name, GuardSettings settings) {
    return guards.computeIfAbsent(
        name, wanted -> shown(new Guard(wanted, settings, recovery, vertx, clock)));
  }

  /** The same for calls on the loops of another {@code Vertx}, whose answers come back there. */
  public Guard named(String name, GuardSettings settings, Vertx elsewhere) {
    return guards.computeIfAbsent(
        name, wanted -> shown(new Guard(wanted, settings, recovery, elsewhere, clock)));
  }

  /** The guard of this name, if it was asked for before. */
  public Optional<Guard> find(String name) {
    return Optional.ofNullable(guards.get(name));
  }

  /** All guards as they are now, by name. */
  public List<GuardState> states() {
    return guards.values().stream()
        .map(Guard::state)
        .sorted(Comparator.comparing(GuardState::name))
        .toList();
  }

  /** Closes all breakers by hand. */
  public void resetAll() {
    guards.values().forEach(Guard::reset);
  }

  private Guard shown(Guard guard) {
    meters.guard(guard.name(), new Figures(guard));
    return guard;
  }

  private record Figures(Guard guard) implements GuardFigures {
    private GuardState.Counts counts() {
      return guard.state().counts();
    }

    @Override
    public int stateNumber() {
      return BY_NUMBER.indexOf(guard.state().state());
    }

    @Override
    public long transitions(int from, int to) {
      return guard.transitions(BY_NUMBER.get(from), BY_NUMBER.get(to));
    }

    @Override
    public long succeeded() {
      return counts().succeeded();
    }

    @Override
    public long failed() {
      return counts().failed();
    }

    @Override
    public long ignored() {
      return counts().ignored();
    }

    @Override
    public long refusedOpen() {
      return counts().refusedOpen();
    }

    @Override
    public long refusedFull() {
      return counts().refusedFull();
    }

    @Override
    public long refusedLate() {
      return counts().refusedLate();
    }

    @Override
    public long retries() {
      return counts().retries();
    }

    @Override
    public long openings() {
      return counts().openings();
    }

    @Override
    public long halfOpenings() {
      return counts().halfOpenings();
    }

    @Override
    public long closings() {
      return counts().closings();
    }

    @Override
    public int attemptsMax() {
      return Math.min(guard.attemptsMax(), RetryTally.NUMBER_MAX);
    }

    @Override
    public long retriesAs(int attempt) {
      return guard.retries().begunAs(attempt);
    }

    @Override
    public long retriesSucceededAs(int attempt) {
      return guard.retries().succeededAs(attempt);
    }

    @Override
    public int running() {
      return counts().running();
    }

    @Override
    public int waiting() {
      return counts().waiting();
    }
  }
}
