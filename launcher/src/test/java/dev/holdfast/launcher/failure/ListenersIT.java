package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.servers.EmbeddedServices;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What listeners answer of agents and platform, whatever happens to those. Every agent there is
 * takes part. 2,000 random requests here; {@code -Dholdfast.series.requests=100000} for the long
 * form.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ListenersIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int REQUESTS = Integer.getInteger("holdfast.series.requests", 2_000);

  /** A probe that waits for a store would need its deadlines. */
  private static final Duration AT_ONCE = Duration.ofMillis(1_500);

  private static final Duration FROZEN = Duration.ofSeconds(4);

  /** Names that the requirements fix and promtool finds fault with. */
  private static final Set<String> FIXED = Set.of("request_duration_ms", "request_duration_ms_max");

  private static final String PARTNER_CALLS =
      "holdfast_operation_duration_seconds_count{layer=\"partner\",operation=\"calls of payment\"}";

  private static final String UNKNOWN_PATHS =
      "holdfast_http_responses_total{agent_id=\"api\",route=\"other\",status=\"404\"}";

  private final Asked asked = new Asked(PLATFORM);

  @Tag("E-104")
  @Tag("E-113")
  @Tag("E-254")
  @Test
  @Order(1)
  void every_agent_answers_all_eight_routes_before_during_and_after_its_restart() throws Exception {
    Map<String, Set<String>> seen = new TreeMap<>();
    for (String agent : PLATFORM.agents()) {
      await().atMost(LIMIT).until(PLATFORM::isWell);
      AgentContract contract = new AgentContract(asked, agent);
      assertEquals("running", contract.check());
      seen.put(agent, duringRestart(agent, contract));
      assertEquals("running", contract.check());
      assertEquals(1, asked.json(agent, "/status").getLong("restarts"));
      assertTrue(
          asked
              .json(agent, "/health/detailed")
              .getJsonObject("metrics")
              .getString("last_error")
              .contains("UNCAUGHT"));
    }
    System.out.println("seen while agents were restarted: " + seen);
    assertTrue(
        seen.values().stream().anyMatch(statuses -> statuses.contains("starting")),
        seen.toString());
  }

  /**
   * The contract holds at any moment from the crash to the proof; says which statuses were seen.
   */
  private Set<String> duringRestart(String agent, AgentContract contract) throws Exception {
    Set<String> seen = new ConcurrentSkipListSet<>();
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Throwable> broken = new AtomicReference<>();
    long before = PLATFORM.restarts();
    Thread asks =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!over.get() && broken.get() == null) {
                    try {
                      seen.add(contract.check());
                    } catch (Throwable failed) {
                      broken.set(failed);
                    }
                  }
                });
    assertEquals(200, asked.post("management", "/agents/" + agent + "/crash"));
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> PLATFORM.restarts() > before && PLATFORM.isWell());
    over.set(true);
    asks.join(LIMIT.toMillis());
    if (broken.get() != null) {
      throw new AssertionError("the contract of " + agent + " was broken", broken.get());
    }
    return seen;
  }

  @Test
  @Order(2)
  void crashes_and_recoveries_are_live_events() throws Exception {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              for (String agent : PLATFORM.agents()) {
                assertTrue(
                    happened(agent).containsAll(List.of("agent_crashed", "agent_recovered")));
              }
            });
  }

  private Set<String> happened(String agent) throws Exception {
    Set<String> types = new TreeSet<>();
    for (Object each :
        asked.json("observability", "/events/recent?limit=1000").getJsonArray("events")) {
      JsonObject event = (JsonObject) each;
      JsonObject payload = event.getJsonObject("payload");
      if (agent.equals(payload.getString("agent", payload.getString("subject")))) {
        assertEquals("holdfast", event.getString("source_app"));
        types.add(event.getString("hook_event_type"));
      }
    }
    return types;
  }

  @Tag("E-114")
  @Tag("E-135")
  @Test
  @Order(3)
  void promtool_finds_no_fault_but_with_names_that_the_requirements_fix() throws Exception {
    assumeTrue(isInstalled("promtool"), "promtool is not installed");
    Set<String> faults = new TreeSet<>();
    for (String listener : Stream.concat(PLATFORM.agents().stream(), others()).toList()) {
      faults.addAll(faults(asked.get(listener, "/metrics").body()));
    }
    Set<String> named = new TreeSet<>();
    faults.forEach(fault -> named.add(fault.split(" ", 2)[0]));
    assertEquals(new TreeSet<>(FIXED), named, faults.toString());
  }

  private static Stream<String> others() {
    return Stream.of("metrics", "observability");
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  private static List<String> faults(String metrics) throws IOException, InterruptedException {
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    promtool.getOutputStream().write(metrics.getBytes(StandardCharsets.UTF_8));
    promtool.getOutputStream().close();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(promtool.waitFor(30, TimeUnit.SECONDS));
    return said.lines().toList();
  }

  @Tag("E-119")
  @Test
  @Order(4)
  void the_performance_monitor_says_where_time_went() throws Exception {
    asked.get("api", "/api/v1/orders");
    JsonObject report = asked.json("management", "/performance");
    assertFalse(report.getJsonArray("slowest").isEmpty(), report.encode());
    Set<String> layers = new TreeSet<>();
    report
        .getJsonArray("layers")
        .forEach(each -> layers.add(((JsonObject) each).getString("layer")));
    assertTrue(
        layers.containsAll(List.of("http", "bus", "lane", "database", "kafka")), layers::toString);
    Set<String> resources = new TreeSet<>();
    report
        .getJsonArray("resources")
        .forEach(each -> resources.add(((JsonObject) each).getString("resource")));
    assertTrue(
        resources.containsAll(List.of("lane order", "pool lanes", "processors")),
        resources::toString);
    assertFalse(report.getString("summary").isBlank());
    System.out.println(report.getString("summary"));
  }

  @Tag("E-165")
  @Test
  @Order(5)
  void random_paths_agents_methods_and_merchants_make_no_series() throws Exception {
    RandomRequests requests = new RandomRequests(PLATFORM, asked);
    requests.send(500, 1);
    Set<String> before = series();
    requests.send(REQUESTS, 2);
    Set<String> more = series();
    more.removeAll(before);
    System.out.println(before.size() + " series before " + REQUESTS + " requests: " + requests);
    assertEquals(new TreeSet<>(), more);
    assertTrue(figure(PARTNER_CALLS) > 0, "orders led to calls outside, which are timed");
    assertTrue(before.size() > 50, "as many as the requirements name, at least");
    assertTrue(figure(UNKNOWN_PATHS) >= REQUESTS / 10.0, "what leads nowhere is counted as well");
  }

  private double figure(String series) throws Exception {
    return asked
        .get("metrics", "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** All series of the process, without their figures. */
  private Set<String> series() throws Exception {
    Set<String> all = new TreeSet<>();
    asked
        .get("metrics", "/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> all.add(line.substring(0, line.lastIndexOf(' '))));
    return all;
  }

  @Tag("E-109")
  @Test
  @Order(6)
  @SuppressWarnings("try") // closing thaws
  void with_both_stores_frozen_the_process_lives_and_says_what_is_away() throws Exception {
    await().atMost(LIMIT).until(() -> PLATFORM.isWell() && PLATFORM.level() == 0);
    long restarts = PLATFORM.restarts();
    List<EmbeddedServices.Child> servers = PLATFORM.servers();
    try (Frozen postgres = Frozen.of(servers.get(0));
        Frozen kafka = Frozen.of(servers.get(1))) {
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < FROZEN.toNanos() || PLATFORM.level() < 3) {
        assertAtOnce("management", "/health/live", 200);
        assertAtOnce("management", "/health/startup", 200);
        for (String agent : PLATFORM.agents()) {
          assertAtOnce(agent, "/health", 200);
        }
        assertTrue(System.nanoTime() - begun < LIMIT.toNanos(), "the level stays");
      }
      for (String agent : PLATFORM.agents()) {
        new AgentContract(asked, agent).check();
        JsonObject ready = asked.json(agent, "/health/ready");
        assertEquals("disconnected", ready.getString("database"), ready.encode());
        assertEquals("disconnected", ready.getString("kafka"), ready.encode());
      }
    }
    await().atMost(LIMIT).until(() -> PLATFORM.isWell() && PLATFORM.level() == 0);
    assertEquals(restarts, PLATFORM.restarts(), "an outage restarts nobody");
    assertEquals(200, asked.get("management", "/health/ready").statusCode());
    await().atMost(LIMIT).until(() -> happened("platform").contains("level_changed"));
  }

  private void assertAtOnce(String listener, String path, int status) throws Exception {
    long begun = System.nanoTime();
    assertEquals(status, asked.get(listener, path).statusCode(), listener + path);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(took.compareTo(AT_ONCE) < 0, listener + path + " took " + took);
  }
}
