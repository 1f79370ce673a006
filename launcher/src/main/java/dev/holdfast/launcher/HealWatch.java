package dev.holdfast.launcher;

import dev.holdfast.deadletter.LetterGauges;
import dev.holdfast.deadletter.ReplayOffers;
import dev.holdfast.guard.GuardState;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Clock;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.TreeState;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second, in memory alone, whether something healed that may have been the cause of
 * dead letters: a guard that closed again, an agent that is proven well again, also after the
 * platform's start, which may have brought another release.
 */
final class HealWatch extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HealWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** Whose calls pass a guard, by how the guard's name begins. */
  private static final Map<String, String> BEHIND_GUARDS =
      Map.of("payment", "payment", "carrier", "transport");

  private final Guards guards;
  private final Supplier<TreeState> tree;
  private final ReplayOffers offers;
  private final LetterGauges letters;
  private final Clock clock;
  private final Set<String> openGuards = new HashSet<>();
  private final Map<String, Boolean> well = new HashMap<>();

  HealWatch(
      Guards guards,
      Supplier<TreeState> tree,
      ReplayOffers offers,
      LetterGauges letters,
      Clock clock) {
    this.guards = guards;
    this.tree = tree;
    this.offers = offers;
    this.letters = letters;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY.toMillis(), tick -> look());
    return Future.succeededFuture();
  }

  /** Looks now. */
  void look() {
    guards.states().forEach(this::guard);
    tree.get().children().forEach(this::agent);
  }

  private void guard(GuardState guard) {
    if (guard.state() != GuardState.State.CLOSED) {
      openGuards.add(guard.name());
      agentBehind(guard.name()).ifPresent(offers::broke);
    } else if (openGuards.remove(guard.name())) {
      agentBehind(guard.name())
          .ifPresent(agent -> healed(agent, "the guard " + guard.name() + " is closed again"));
    }
  }

  private static Optional<String> agentBehind(String guard) {
    return BEHIND_GUARDS.entrySet().stream()
        .filter(entry -> guard.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private void agent(ChildState child) {
    boolean isWell = child.isWell();
    boolean was = Boolean.TRUE.equals(well.put(child.id(), isWell));
    if (isWell && !was) {
      healed(child.id(), child.id() + " is proven well again");
    } else if (was && !isWell) {
      offers.broke(child.id());
    }
  }

  private void healed(String agent, String why) {
    offers.healed(agent, why, clock.now());
    long open = letters.open().getOrDefault(agent, 0L);
    if (open > 0) {
      LOG.info("{} dead letters of {} may be replayed: {}", open, agent, why);
    }
  }
}
