package dev.holdfast.launcher.healing;

import dev.holdfast.guard.GuardState;
import dev.holdfast.guard.Guards;
import dev.holdfast.recovery.Reaction;
import dev.holdfast.recovery.ReactionName;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The breakers of guards as a reaction. A guard decides by itself, at the call that is one too many
 * ({@code conf/guards.yaml} has trigger and guard); here is who tells people of it and has its end
 * proven: probes have passed, and all of the load is back.
 */
final class CircuitBreaks implements Reaction {
  private static final int FULL = 100;

  private final Guards guards;
  private final Map<String, GuardState> states = new HashMap<>();

  CircuitBreaks(Guards guards) {
    this.guards = guards;
  }

  @Override
  public ReactionName name() {
    return ReactionName.CIRCUIT_BREAK;
  }

  @Override
  public Collection<String> targets() {
    return states.keySet();
  }

  @Override
  public void look() {
    guards.states().forEach(state -> states.put(state.name(), state));
  }

  @Override
  public Optional<String> trigger(String target) {
    GuardState state = states.get(target);
    return state.state() == GuardState.State.OPEN
        ? Optional.of(
            state.forced().isEmpty()
                ? "%d calls failed since its start".formatted(state.counts().failed())
                : state.forced())
        : Optional.empty();
  }

  @Override
  public Optional<String> refusal(String target) {
    return Optional.empty();
  }

  @Override
  public Future<String> act(String target) {
    return Future.succeededFuture("calls are refused until three probes have passed");
  }

  @Override
  public boolean isProven(String target) {
    GuardState state = states.get(target);
    return state.state() == GuardState.State.CLOSED && state.loadPercent() == FULL;
  }

  @Override
  public Future<String> takeBack(String target) {
    return Future.succeededFuture("it stays open; what it guards is for a person");
  }
}
