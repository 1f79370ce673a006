package dev.holdfast.launcher.letters;

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
 * platform's start, which may have brought another release. Runs are offered when something healed
 * and nothing is broken any more.
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
  private final Set<String> workflows;
  private final Clock clock;
  private final Set<String> openGuards = new HashSet<>();
  private final Map<String, Boolean> well = new HashMap<>();
  private Optional<String> healedForRuns = Optional.empty();

  /**
   * @param workflows whose runs become letters, under the workflow's name
   */
  HealWatch(
      Guards guards,
      Supplier<TreeState> tree,
      ReplayOffers offers,
      LetterGauges letters,
      Set<String> workflows,
      Clock clock) {
    this.guards = guards;
    this.tree = tree;
    this.workflows = Set.copyOf(workflows);
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
    healedForRuns.filter(why -> allIsWell()).ifPresent(this::offerRuns);
  }

  /** A run asks many agents, and its letter doesn't say which of them it stopped at. */
  private boolean allIsWell() {
    return openGuards.stream().allMatch(guard -> agentBehind(guard).isEmpty())
        && well.values().stream().allMatch(Boolean::booleanValue);
  }

  private void offerRuns(String why) {
    healedForRuns = Optional.empty();
    workflows.forEach(workflow -> offer(workflow, why));
  }

  private void broke(String agent) {
    offers.broke(agent);
    workflows.forEach(offers::broke);
  }

  private void guard(GuardState guard) {
    if (guard.state() != GuardState.State.CLOSED) {
      openGuards.add(guard.name());
      agentBehind(guard.name()).ifPresent(this::broke);
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
      broke(child.id());
    }
  }

  private void healed(String agent, String why) {
    healedForRuns = Optional.of(why);
    offer(agent, why);
  }

  private void offer(String whose, String why) {
    offers.healed(whose, why, clock.now());
    long open = letters.open().getOrDefault(whose, 0L);
    if (open > 0) {
      LOG.info("{} dead letters of {} may be replayed: {}", open, whose, why);
    }
  }
}
