package dev.holdfast.launcher.faults;

import dev.holdfast.chaos.AgentTroubles;
import dev.holdfast.chaos.Faults;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Disturbance;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.process.Waiting;
import dev.holdfast.launcher.servers.EmbeddedServices;
import dev.holdfast.launcher.servers.Wires;
import dev.holdfast.launcher.settings.ChaosSettings;
import dev.holdfast.launcher.settings.Profile;
import dev.holdfast.launcher.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults on purpose in this process: the loop they end on, which is none of the platform's, the
 * proxies where they are wanted, and what is active. In production there is nothing of it.
 */
public final class Chaos implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Optional<Vertx> vertx;
  private final ChaosSettings settings;
  private final Clock clock;
  private final AgentTroubles troubles = new AgentTroubles();
  private final Wires wires;
  private Optional<Faults> faults = Optional.empty();

  private Chaos(Optional<Vertx> vertx, ChaosSettings settings, Clock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.wires =
        vertx
            .filter(allowed -> settings.proxied())
            .map(own -> Wires.open(own, clock))
            .orElse(Wires.NONE);
  }

  /** What the profile allows. Blocks. */
  public static Chaos of(Settings settings, Clock clock) {
    Optional<Vertx> vertx =
        settings.profile() == Profile.PRODUCTION
            ? Optional.empty()
            : Optional.of(
                Vertx.vertx(
                    new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(2)
                        .setInternalBlockingPoolSize(1)));
    return new Chaos(vertx, settings.chaos(), clock);
  }

  /** Where the servers are reached. */
  public Wires wires() {
    return wires;
  }

  /** What the agents' lanes ask. */
  public Disturbance disturbance() {
    return vertx.isPresent() ? troubles : Disturbance.NONE;
  }

  /** From now on the parts of a platform can be broken, where that is allowed at all. Blocks. */
  public void over(Platform platform, EmbeddedServices services) {
    faults =
        vertx.map(
            own -> {
              Faults over =
                  new Faults(
                      new PlatformInjector(own, clock, platform, services, wires, troubles),
                      clock,
                      Duration.ofMillis(settings.usualMs()),
                      Duration.ofMillis(settings.longestMs()));
              Waiting.on(own.deployVerticle(over), WITHIN, "opening the faults");
              return over;
            });
  }

  /** Empty in production. */
  public Optional<Faults> faults() {
    return faults;
  }

  /** Ends every fault, and the proxies. Whoever still lives on those must be gone by then. */
  @Override
  public void close() {
    vertx.ifPresent(own -> Waiting.on(own.close(), WITHIN, "ending the faults"));
  }

  /**
   * Ends every fault, so that the platform can be stopped as if there had been none; a server that
   * is still coming back is not waited for.
   */
  public void endAll() {
    try {
      faults.ifPresent(all -> Waiting.on(all.endAll(), WITHIN, "ending the faults"));
    } catch (RuntimeException late) {
      LOG.warn("not every fault has ended: {}", late.toString());
    }
  }
}
