package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.bus.Ask;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Incident;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.workflow.Milestone;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Crashes of every agent under load. Five each here, 40 in all; {@code -Dholdfast.crashes=125} for
 * a thousand.
 */
class AgentCrashIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final int CRASHES = Integer.getInteger("holdfast.crashes", 5);

  /** An agent's gate admits five crashes in a minute. */
  private static final Duration APART = Duration.ofSeconds(13);

  private static final Duration BACK_WITHIN = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** An agent that crashes four times in a minute is in quarantine for one, which is a timer. */
  private static final Duration QUARANTINES_ARE_OVER = Duration.ofSeconds(75);

  private static final long EVERY_MS = 50;

  private final AtomicInteger orders = new AtomicInteger();
  private final Queue<Future<Optional<Milestone>>> placed = new ConcurrentLinkedQueue<>();

  private static Platform platform() {
    return PLATFORM.platform();
  }

  private static Deadline deadline() {
    return Deadline.in(LIMIT, platform().clock());
  }

  private static CommandId id(String name) {
    return new CommandId(DerivedId.of("crash-test", name), platform().clock().today());
  }

  private void order() {
    int number = orders.incrementAndGet();
    Place place =
        new Place(
            1,
            null,
            null,
            "c" + number,
            null,
            Instant.parse("2026-11-01T10:00:00Z"),
            "GBP",
            List.of(new Line("20001", "thing", 1, new BigDecimal("2.50"))),
            Address.ofCountry("GB"),
            Address.ofCountry("GB"),
            "tok_visa",
            IpReputation.UNKNOWN);
    placed.add(
        platform()
            .bus()
            .ask(Ask.first(id("order-" + number), place, deadline()))
            .compose(
                answer -> {
                  Placed done = answer.outcome().orThrow();
                  return platform().milestones().await(done.run(), false, deadline());
                }));
  }

  private static void crash(HttpClient http, String agent) throws Exception {
    URI address =
        URI.create(
            "http://127.0.0.1:%d/agents/%s/crash"
                .formatted(PLATFORM.running().ports().get("management"), agent));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + PLATFORM.running().tokens().get(Role.ADMIN))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertEquals(200, http.send(request, BodyHandlers.ofString()).statusCode());
  }

  /** From the crash until the agent's lane has done real work in a new life. */
  private static Duration back(String agent, long restartsBefore) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(LIMIT)
        .until(() -> state(agent).restartCount() > restartsBefore && state(agent).isWell());
    Incident incident =
        platform().supervisor().incidents().stream()
            .filter(one -> one.child().equals(agent))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    assertEquals(Incident.Outcome.RECOVERED, incident.outcome(), incident.toString());
    return incident.times().toProof().orElseThrow();
  }

  /** Each agent's own crashes lie apart, however long the others took to come back. */
  private static void awaitApart(Long crashedNanos) {
    if (crashedNanos != null) {
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> System.nanoTime() - crashedNanos > APART.toNanos());
    }
  }

  private static long failuresOfOthers(String agent) {
    return platform().crew().hosts().values().stream()
        .filter(host -> !host.name().equals(agent))
        .mapToLong(AgentHost::failures)
        .sum();
  }

  private static long restarts(String agent) {
    return state(agent).restartCount();
  }

  private static ChildState state(String agent) {
    return platform().supervisor().state().child(agent).orElseThrow();
  }

  private void awaitOrders() throws Exception {
    for (Future<Optional<Milestone>> order : placed) {
      assertEquals(201, order.await(40, TimeUnit.SECONDS).orElseThrow().status());
    }
    placed.clear();
  }

  /**
   * Waits until nobody asks anybody: confirmed orders are still on their way to their customers,
   * events are heard after that, and each ask has a consumer of its own for its answer.
   *
   * @param listening consumers when nothing was asked yet
   */
  private static void awaitRest(long listening) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> openRuns() == 0 && Footprint.consumers(platform()) == listening);
  }

  private static double openRuns() {
    return platform()
        .meters()
        .text()
        .lines()
        .filter(line -> line.startsWith("holdfast_runs_open"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What leaks shows when nobody asks for anything. */
  private static void awaitLike(Map<String, Long> baseline) {
    await()
        .atMost(QUARANTINES_ARE_OVER)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              Map<String, Long> now = Footprint.of(platform());
              assertTrue(Footprint.isLike(baseline, now), baseline + " became " + now);
            });
  }

  @Tag("E-248")
  @Test
  void a_crashed_agent_is_back_within_a_second_and_no_order_is_lost() throws Exception {
    long listening = Footprint.consumers(platform());
    OpenStock open = new OpenStock(1, UUID.randomUUID(), List.of(new Units("20001", 1_000_000)));
    platform().bus().ask(Ask.first(id("open"), open, deadline())).await(20, TimeUnit.SECONDS);
    List<String> agents = List.copyOf(platform().crew().hosts().keySet());
    List<Duration> times = new ArrayList<>();
    Map<String, Long> crashed = new HashMap<>();
    Map<String, Long> baseline = Map.of();
    long failedElsewhere = 0;
    HttpClient http = HttpClient.newHttpClient();
    for (int round = 0; round < CRASHES; round++) {
      long load = platform().vertx().setPeriodic(EVERY_MS, tick -> order());
      for (String agent : agents) {
        awaitApart(crashed.get(agent));
        crashed.put(agent, System.nanoTime());
        long before = restarts(agent);
        long failuresBefore = failuresOfOthers(agent);
        crash(http, agent);
        times.add(back(agent, before));
        failedElsewhere += failuresOfOthers(agent) - failuresBefore;
      }
      platform().vertx().cancelTimer(load);
      awaitOrders();
      if (round == 0) {
        awaitRest(listening);
        baseline = Footprint.of(platform());
      }
    }
    awaitLike(baseline);
    times.sort(null);
    System.out.printf(
        "%d crashes, proven well after %d ms (median), %d ms (longest); %d failures elsewhere;"
            + " %d orders, none lost; %s%n",
        times.size(),
        times.get(times.size() / 2).toMillis(),
        times.getLast().toMillis(),
        failedElsewhere,
        orders.get(),
        Footprint.of(platform()));
    assertEquals(0, failedElsewhere, "failed commands of agents that did not crash");
    assertEquals(
        (long) CRASHES * agents.size(), platform().supervisor().state().restarts(), "restarts");
    Duration p99 = times.get((times.size() * 99 + 99) / 100 - 1);
    assertTrue(p99.compareTo(BACK_WITHIN) <= 0, "p99 was " + p99.toMillis());
  }
}
