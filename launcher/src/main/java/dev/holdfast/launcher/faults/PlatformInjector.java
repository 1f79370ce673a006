package dev.holdfast.launcher.faults;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.chaos.AgentTroubles;
import dev.holdfast.chaos.BlockedLoop;
import dev.holdfast.chaos.Fault;
import dev.holdfast.chaos.FaultProxy;
import dev.holdfast.chaos.Injector;
import dev.holdfast.chaos.JournalFaults;
import dev.holdfast.commerce.partners.SimulatedPartner;
import dev.holdfast.embedded.FrozenServer;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.servers.EmbeddedServices;
import dev.holdfast.launcher.servers.KeptServer;
import dev.holdfast.launcher.servers.Wires;
import dev.holdfast.launcher.settings.FaultSettings;
import dev.holdfast.launcher.settings.PartnerSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/** Breaks the parts of this process's platform. Called on the loop of the faults. */
final class PlatformInjector implements Injector {
  /** Whoever began a fault that blocks a loop is told before, over that loop perhaps. */
  private static final long TOLD_MS = 100;

  private final Vertx vertx;
  private final Clock clock;
  private final Platform platform;
  private final EmbeddedServices services;
  private final Wires wires;
  private final AgentTroubles troubles;

  /**
   * An injector over what runs.
   *
   * @param vertx the faults' own
   */
  PlatformInjector(
      Vertx vertx,
      Clock clock,
      Platform platform,
      EmbeddedServices services,
      Wires wires,
      AgentTroubles troubles) {
    this.vertx = vertx;
    this.clock = clock;
    this.platform = platform;
    this.services = services;
    this.wires = wires;
    this.troubles = troubles;
  }

  @Override
  public Future<Ending> begin(Fault fault, Duration time) {
    return switch (fault) {
      case Fault.OfAgent befallen -> agent(befallen, time);
      case Fault.OfServer befallen -> server(befallen);
      case Fault.OfWire befallen -> wire(befallen);
      case Fault.OfPartner befallen -> partner(befallen);
      case Fault.OfJournal befallen -> journal(befallen);
    };
  }

  private Future<Ending> agent(Fault.OfAgent fault, Duration time) {
    AgentHost host = named(platform.crew().hosts(), "agent", fault.agent());
    return switch (fault.kind()) {
      case CRASH -> platform.supervisor().crash(fault.agent()).map(Ending.NONE);
      case CRASH_LOOP ->
          Future.succeededFuture(
              new CrashLoop(
                  vertx, platform.supervisor(), host, platform.recovery().intensity(), clock));
      case BAD_CONFIGURATION -> badConfiguration(fault.agent());
      case HANG -> Future.succeededFuture(troubles.hang(fault.agent()));
      case SLOW -> Future.succeededFuture(troubles.slow(fault.agent(), fault.by()));
      case POISON -> Future.succeededFuture(troubles.poison(fault.agent()));
      case BLOCK_LOOP -> {
        if (!host.isSeated()) {
          throw new IllegalStateException(fault.agent() + " does not run, so it has no loop");
        }
        BlockedLoop block = new BlockedLoop(clock, time);
        vertx.setTimer(TOLD_MS, told -> host.onAgentsLoop(block));
        yield Future.succeededFuture(block);
      }
    };
  }

  private Future<Ending> badConfiguration(String agent) {
    Ending bad = BadConfiguration.of(platform.recovery().configurations(), agent);
    return platform.supervisor().restart(agent, "a new configuration").map(bad);
  }

  private Future<Ending> server(Fault.OfServer fault) {
    KeptServer<?> kept =
        services
            .kept(fault.server())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        fault.target() + " is external: only one of our own can be stopped"));
    return switch (fault.kind()) {
      case KILL -> blocking(() -> FrozenServer.kill(kept.current())).map(Ending.NONE);
      case FREEZE ->
          vertx
              .executeBlocking(() -> FrozenServer.of(kept.current()), false)
              .map(frozen -> () -> blocking(frozen::close));
      case STOP ->
          blocking(kept::stop)
              .map(
                  stopped ->
                      () ->
                          Future.fromCompletionStage(
                              kept.bringBackNow(), vertx.getOrCreateContext()));
    };
  }

  private Future<Void> blocking(Runnable work) {
    return vertx.executeBlocking(
        () -> {
          work.run();
          return null;
        },
        false);
  }

  private Future<Ending> wire(Fault.OfWire fault) {
    FaultProxy proxy =
        wires
            .to(fault.server())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        ("%s needs a proxy before %s: start the platform with chaos.proxied"
                                + " (HOLDFAST_CHAOS_PROXIED=true ./holdfast up)")
                            .formatted(fault.name(), fault.target())));
    return switch (fault.kind()) {
      case DELAY -> proxy.delay(fault.by()).map(() -> proxy.delay(Duration.ZERO));
      case CUT -> proxy.cut(true).map(() -> proxy.cut(false));
      case HALF_OPEN -> proxy.silence(true).map(() -> proxy.silence(false));
      case SWALLOW_COMMIT -> proxy.loseCommits(true).map(() -> proxy.loseCommits(false));
    };
  }

  private Future<Ending> partner(Fault.OfPartner fault) {
    SimulatedPartner<?, ?> partner =
        named(
            Map.of(
                "payment", platform.partners().payments(),
                "carriers", platform.partners().carriers()),
            "partner",
            fault.partner());
    boolean pays = partner == platform.partners().payments();
    switch (fault.kind()) {
      case PARTNER_OUT -> partner.out(true);
      case PARTNER_FAULTS -> {
        PartnerSettings faulty = seeded(fault.seed());
        FaultSettings some = FaultSettings.afterSuccess(fault.perMille());
        partner.use(
            pays
                ? faulty.withFaults(some, some).ofPayment()
                : faulty.withFaults(some, some).ofCarriers());
      }
    }
    return Future.succeededFuture(
        () -> {
          PartnerSettings calm = platform.partnerSettings();
          switch (fault.kind()) {
            case PARTNER_OUT -> partner.out(false);
            case PARTNER_FAULTS -> partner.use(pays ? calm.ofPayment() : calm.ofCarriers());
          }
          return Future.succeededFuture();
        });
  }

  private PartnerSettings seeded(int seed) {
    PartnerSettings usual = platform.partnerSettings();
    return seed == 0 ? usual : usual.withSeed(seed);
  }

  private Future<Ending> journal(Fault.OfJournal fault) {
    JournalFaults journal = platform.journalFaults();
    return switch (fault.kind()) {
      case JOURNAL_FULL -> Future.succeededFuture(journal.fill());
      case JOURNAL_CORRUPT -> journal.corrupt();
    };
  }

  private static <T> T named(Map<String, ? extends T> known, String what, String name) {
    T found = known.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no %s is called \"%s\"; there are %s"
              .formatted(what, name, String.join(", ", known.keySet())));
    }
    return found;
  }
}
