package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.bus.Ask;
import dev.holdfast.chaos.ActiveFault;
import dev.holdfast.chaos.FaultRequest;
import dev.holdfast.chaos.Faults;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.launcher.settings.RecoverySettings.GroupStartSettings;
import dev.holdfast.launcher.settings.RecoverySettings.ScalingSettings;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.recovery.Reacted;
import dev.holdfast.recovery.ReactionName;
import dev.holdfast.supervision.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Agents of a running platform that crash too often, or have too much to do. */
class RecoveryIT {
  @RegisterExtension
  static final PlatformExtension PLATFORM =
      new PlatformExtension()
          .with(
              Settings.shipped()
                  .recovery()
                  .with(new GroupStartSettings(1, 600_000, 500))
                  .with(new ScalingSettings(100, 1, 2, 4, 0, 60_000, 1_000, 0, 60_000)));

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String AGENT = "order";
  private static final String BUSY = "inventory";

  /** More than the lane's queue holds. */
  private static final int FLOOD = 1_500;

  /** So slow that what the queue holds takes longer than it may, on any machine. */
  private static final FaultRequest SLOW = new FaultRequest("slow", BUSY, 60_000, 150, 0, 0);

  private static Supervisor supervisor() {
    return PLATFORM.platform().supervisor();
  }

  private static Faults faults() {
    return PLATFORM.running().chaos().faults().orElseThrow();
  }

  private static int level() {
    return PLATFORM.platform().degradation().watch().level();
  }

  private static List<String> reasons() {
    return PLATFORM.platform().degradation().watch().reasons();
  }

  private static List<Reacted> reacted(ReactionName name) {
    return PLATFORM.platform().reactions().known().stream()
        .filter(one -> one.reaction() == name && one.target().equals(BUSY))
        .toList();
  }

  private static boolean isProven(ReactionName name) {
    return reacted(name).stream().anyMatch(one -> one.outcome() == Reacted.Outcome.PROVEN);
  }

  /**
   * Units for shelves; so many always wait that they are not done within the time that they may.
   */
  private static void flood(AgentHost host, AtomicInteger asked) {
    for (int command = host.waiting(); command < FLOOD; command++) {
      UUID id = DerivedId.of("flood", String.valueOf(asked.incrementAndGet()));
      OpenStock open = new OpenStock(1, id, List.of(new Units("sku-" + id, 1)));
      PLATFORM
          .bus()
          .ask(
              Ask.first(
                  new CommandId(id, PLATFORM.clock().today()),
                  open,
                  Deadline.in(LIMIT, PLATFORM.clock())));
    }
  }

  @Tag("E-073")
  @Tag("E-074")
  @Test
  void a_lane_with_too_much_to_do_is_widened_and_narrowed_when_it_is_idle() throws Exception {
    await().atMost(LIMIT).until(() -> supervisor().state().isWell());
    ActiveFault slow = faults().begin(SLOW).await(10, TimeUnit.SECONDS);
    AgentHost host = PLATFORM.platform().crew().hosts().get(BUSY);
    AtomicInteger asked = new AtomicInteger();
    long load = PLATFORM.vertx().setPeriodic(20, tick -> flood(host, asked));
    try {
      await().atMost(LIMIT).until(() -> host.widened() > 0);
    } finally {
      PLATFORM.vertx().cancelTimer(load);
      faults().end(slow.id()).await(10, TimeUnit.SECONDS);
    }
    await().atMost(LIMIT).until(() -> isProven(ReactionName.SCALE_UP));
    await().atMost(LIMIT).until(() -> isProven(ReactionName.SCALE_DOWN) && host.widened() == 0);
    System.out.println(reacted(ReactionName.SCALE_UP) + " " + reacted(ReactionName.SCALE_DOWN));
    assertEquals(0, supervisor().state().child(BUSY).orElseThrow().restartCount());
  }

  @Test
  void a_parked_agent_lowers_the_level_and_is_named_until_it_is_unparked() throws Exception {
    await().atMost(LIMIT).until(() -> level() == 0);
    PLATFORM.park(AGENT, LIMIT);
    List<String> rules =
        supervisor().incidents().stream()
            .filter(incident -> incident.child().equals(AGENT))
            .map(incident -> incident.choice().rule())
            .toList();
    assertEquals(12, rules.size(), rules.toString());
    assertTrue(rules.get(5).startsWith("escalation: 6 of 5 crashes in 60 s"), rules.toString());
    await().atMost(LIMIT).until(() -> level() == 4);
    assertTrue(reasons().getFirst().startsWith(AGENT + ": parked"), reasons().toString());

    PLATFORM.unpark(AGENT, LIMIT);
    await().atMost(LIMIT).until(() -> level() == 0);
    assertEquals(List.of(), reasons());
  }
}
