package dev.holdfast.deadletter;

import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the number of open letters of each agent in memory and in the metrics; asked of the
 * database every ten seconds, however often somebody looks.
 */
public final class LetterGauges extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(LetterGauges.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final LetterServices services;
  private final DeadLetterStore store;
  private final Set<String> agents;
  private volatile Map<String, Long> open = Map.of();

  /**
   * @param agents are shown with 0 as well; others once they had a letter
   */
  public LetterGauges(LetterServices services, Collection<String> agents) {
    this.services = services;
    this.store = new DeadLetterStore(services.database());
    this.agents = new TreeSet<>(agents);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY.toMillis(), tick -> look());
    return look().otherwiseEmpty();
  }

  /** Asks now. */
  Future<?> look() {
    return store
        .openCounts(Deadline.in(ANSWER_WITHIN, services.clock()))
        .onSuccess(this::show)
        .onFailure(cause -> LOG.debug("open letters could not be counted: {}", cause.toString()));
  }

  private void show(Map<String, Long> counts) {
    open = Map.copyOf(counts);
    agents.addAll(counts.keySet());
    agents.forEach(
        agent -> services.meters().deadLetters(agent).open().set(counts.getOrDefault(agent, 0L)));
  }

  /** How many open letters each agent had at the last look; agents without any are not in it. */
  public Map<String, Long> open() {
    return open;
  }
}
