package dev.holdfast.recovery;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configurations of all agents of a process. Answers from memory on any thread; as a verticle
 * it reads what was stored when it starts, and then writes what changed and finds out twice a
 * second which configuration is proven.
 */
public final class Configurations extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Map<String, ConfigurationShape> shapes;
  private final ConfigurationStore store;
  private final Duration provenAfter;
  private final Function<String, Optional<Instant>> wellSince;
  private final Clock clock;
  private final Map<String, Versions> versions = new ConcurrentHashMap<>();
  private final Set<Change> unwritten = ConcurrentHashMap.newKeySet();
  private boolean writing;

  private record Change(String agent, int version) {}

  /**
   * @param shapes by agent
   * @param provenAfter how long an agent has to be well with a configuration
   * @param wellSince since when an agent's present life runs, if it is well; any thread
   */
  public Configurations(
      Map<String, ConfigurationShape> shapes,
      ConfigurationStore store,
      Duration provenAfter,
      Function<String, Optional<Instant>> wellSince,
      Clock clock) {
    this.shapes = new LinkedHashMap<>(shapes);
    this.store = store;
    this.provenAfter = provenAfter;
    this.wellSince = wellSince;
    this.clock = clock;
    shapes.forEach((agent, shape) -> versions.put(agent, first(agent, shape)));
  }

  private Versions first(String agent, ConfigurationShape shape) {
    unwritten.add(new Change(agent, 1));
    return new Versions(List.of(Configuration.fresh(1, shape.shipped(), "shipped", clock.now())));
  }

  /** Completes when what was stored is in force; also when it can't be read. */
  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY.toMillis(), tick -> look());
    return store
        .read()
        .onSuccess(stored -> stored.forEach(this::take))
        .onFailure(cause -> LOG.warn("the shipped configurations hold: {}", cause.toString()))
        .otherwiseEmpty();
  }

  /** A stored version holds if it still has the keys that its agent has. */
  private void take(String agent, List<Configuration> stored) {
    ConfigurationShape shape = shapes.get(agent);
    if (shape == null) {
      return;
    }
    Versions found = new Versions(stored);
    Map<String, Integer> values = new HashMap<>(shape.shipped());
    boolean fits = values.keySet().equals(found.current().values().keySet());
    versions.put(agent, fits ? found : found.and(values, "shipped", clock.now()));
    unwritten.remove(new Change(agent, 1));
    if (!fits) {
      unwritten.add(new Change(agent, versions.get(agent).current().version()));
    }
  }

  /** What an agent's next instance is made with. */
  public Configuration current(String agent) {
    return of(agent).current();
  }

  /** All that is known of an agent's, the oldest first. */
  public List<Configuration> all(String agent) {
    return of(agent).all();
  }

  private Versions of(String agent) {
    return Optional.ofNullable(versions.get(agent))
        .orElseThrow(() -> new IllegalArgumentException("no agent has the name " + agent));
  }

  /**
   * Makes a new version, with which the agent's next instance is made.
   *
   * @param changes by key; the others stay
   * @throws ConfigurationRefused when they can't hold
   * @throws IllegalArgumentException when there is no such agent
   */
  public Configuration change(String agent, Map<String, ?> changes, String origin) {
    Configuration before = of(agent).current();
    ConfigurationShape shape = shapes.get(agent);
    Map<String, Integer> values = shape.changed(before.values(), changes);
    try {
      shape.check().accept(Configuration.fresh(before.version(), values, origin, clock.now()));
    } catch (IllegalArgumentException wrong) {
      throw new ConfigurationRefused("", String.valueOf(wrong.getMessage()));
    }
    return adopt(agent, values, origin);
  }

  /** The same without asking whether they can hold. */
  public Configuration adopt(String agent, Map<String, Integer> values, String origin) {
    return update(agent, known -> known.and(values, origin, clock.now())).current();
  }

  private Versions update(String agent, UnaryOperator<Versions> change) {
    Versions before = versions.get(agent);
    Versions after = versions.compute(agent, (name, known) -> change.apply(known));
    after.all().stream()
        .filter(version -> !before.all().contains(version))
        .forEach(version -> unwritten.add(new Change(agent, version.version())));
    return after;
  }

  /** Why an agent's configuration can't be gone back from; empty when it can. */
  public Optional<String> rollbackRefusal(String agent) {
    return Optional.ofNullable(versions.get(agent))
        .map(Versions::refusal)
        .orElseGet(() -> Optional.of("it has no configuration"));
  }

  /** Goes back to the last proven configuration; tells what was done. */
  public String rollBack(String agent) {
    int bad = current(agent).version();
    int good = update(agent, known -> known.rolledBack(clock.now())).current().version();
    return "configuration " + bad + " back to " + good;
  }

  private void look() {
    Instant now = clock.now();
    versions.forEach((agent, known) -> lookAt(agent, known.current(), now));
    writeNext();
  }

  private void lookAt(String agent, Configuration current, Instant now) {
    boolean longEnough =
        wellSince
            .apply(agent)
            .filter(since -> since.isAfter(current.madeAt()) || current.version() == 1)
            .filter(since -> !since.plus(provenAfter).isAfter(now))
            .isPresent();
    if (longEnough && !current.isProven()) {
      update(agent, known -> known.proven(current.version(), now));
    }
  }

  private void writeNext() {
    Optional<Change> next = unwritten.stream().findFirst();
    if (writing || next.isEmpty()) {
      return;
    }
    writing = true;
    Change change = next.get();
    unwritten.remove(change);
    of(change.agent()).all().stream()
        .filter(version -> version.version() == change.version())
        .findFirst()
        .map(version -> store.write(change.agent(), version))
        .orElseGet(Future::succeededFuture)
        .onComplete(
            written -> {
              writing = false;
              if (written.failed()) {
                unwritten.add(change);
              } else {
                writeNext();
              }
            });
  }
}
