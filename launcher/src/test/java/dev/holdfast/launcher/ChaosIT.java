package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.chaos.ActiveFault;
import dev.holdfast.chaos.FaultRequest;
import dev.holdfast.chaos.Faults;
import dev.holdfast.commerce.inventory.InventoryProtocol.Moved;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.partners.PaymentGateway;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Parked;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each fault on a running platform: seen while it lasts, over by itself. */
class ChaosIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension().proxied();

  private static final Duration SHORT = Duration.ofMillis(1_200);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String AGENT = "inventory";

  private int asked;

  @AfterEach
  void nothing_is_left_of_a_fault() throws Exception {
    done(faults().endAll());
  }

  private static Faults faults() {
    return PLATFORM.running().chaos().faults().orElseThrow();
  }

  private static AgentHost host() {
    return PLATFORM.platform().crew().hosts().get(AGENT);
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static ActiveFault begin(String fault, String target) throws Exception {
    return done(faults().begin(FaultRequest.of(fault, target, SHORT)));
  }

  private static void awaitEnd() {
    await().atMost(LIMIT).until(() -> faults().active().isEmpty());
  }

  private Future<Answer<Moved>> stock(String name, Duration within) {
    CommandId id = new CommandId(DerivedId.of("chaos", name), PLATFORM.clock().today());
    OpenStock open = new OpenStock(1, DerivedId.of("chaos", name), List.of(new Units("60001", 1)));
    return PLATFORM.bus().ask(Ask.first(id, open, Deadline.in(within, PLATFORM.clock())));
  }

  private Duration took(Duration within) throws Exception {
    long begun = System.nanoTime();
    done(stock("take-" + asked++, within));
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** How long the agent's host let wait for an answer, the first time that it was long. */
  private static Duration silence() {
    return await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(LIMIT)
        .until(ChaosIT::answered, took -> took.toMillis() > 300);
  }

  private static Duration answered() throws Exception {
    long asked = System.nanoTime();
    done(host().probe(Deadline.in(LIMIT, PLATFORM.clock())));
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  private void awaitWork() {
    await().atMost(LIMIT).ignoreExceptions().until(() -> took(Duration.ofSeconds(2)) != null);
  }

  @Tag("E-248")
  @Test
  void a_crashed_agent_starts_anew() throws Exception {
    long before = PLATFORM.restarts();
    ActiveFault crash = begin("crash", AGENT);
    assertEquals(crash.begun(), crash.until());
    assertTrue(faults().active().isEmpty());
    await().atMost(LIMIT).until(() -> PLATFORM.restarts() > before);
    awaitWork();
  }

  @Test
  void an_agent_hangs_and_goes_on_when_the_time_is_over() throws Exception {
    begin("hang", AGENT);
    assertThrows(Exception.class, () -> done(stock("hung", Duration.ofMillis(700))));
    awaitEnd();
    awaitWork();
  }

  @Test
  void a_slow_agent_is_slow_and_then_is_not() throws Exception {
    done(faults().begin(new FaultRequest("slow", AGENT, 1_500, 300, 0, 0)));
    Duration slow = took(LIMIT);
    assertTrue(slow.toMillis() >= 300, slow.toString());
    awaitEnd();
    await().atMost(LIMIT).until(() -> took(LIMIT).toMillis() < 300);
  }

  @Test
  void a_poisoned_command_is_a_dead_letter_until_the_poison_is_gone() throws Exception {
    begin("poison", AGENT);
    assertInstanceOf(
        Parked.class, assertThrows(Exception.class, () -> done(stock("poisoned", LIMIT))));
    assertTrue(took(LIMIT).isPositive(), "the next one passes");
    awaitEnd();
  }

  @Test
  void a_blocked_loop_does_nothing_until_it_is_released() throws Exception {
    begin("block-loop", AGENT);
    Duration silent = silence();
    assertTrue(silent.toMillis() > 700, silent.toString());
    awaitEnd();
    awaitWork();
  }

  @Test
  void a_journal_is_full_until_it_is_not() throws Exception {
    begin("journal-full", "");
    assertFalse(PLATFORM.platform().journal().up());
    assertTrue(PLATFORM.platform().journal().reason().contains("the most it may"));
    awaitEnd();
    assertTrue(PLATFORM.platform().journal().up(), PLATFORM.platform().journal().reason());
  }

  @Test
  void a_corrupt_journal_is_set_aside_and_begins_anew() throws Exception {
    await().atMost(LIMIT).until(() -> PLATFORM.platform().journal().up());
    begin("journal-corrupt", "");
    assertFalse(PLATFORM.platform().journal().up());
    await().atMost(LIMIT).until(() -> PLATFORM.platform().journal().up());
    try (Stream<Path> files = Files.list(PLATFORM.folder().resolve("journal"))) {
      assertTrue(files.anyMatch(file -> file.toString().contains("journal.db.damaged-")));
    }
  }

  @Test
  void a_configuration_without_a_proven_one_before_it_is_refused() {
    assertInstanceOf(
        IllegalStateException.class,
        assertThrows(Exception.class, () -> begin("bad-configuration", "customer")));
  }

  @Tag("E-248")
  @Test
  void a_frozen_server_and_a_stopped_one_come_back_by_themselves() throws Exception {
    begin("freeze", "postgres");
    assertThrows(Exception.class, () -> done(stock("frozen", Duration.ofMillis(700))));
    awaitEnd();
    awaitWork();
    long pid = PLATFORM.servers().getLast().pid();
    begin("stop", "kafka");
    assertFalse(PLATFORM.servers().getLast().alive());
    awaitEnd();
    await().atMost(LIMIT).until(() -> PLATFORM.servers().getLast().alive());
    assertTrue(PLATFORM.servers().getLast().pid() != pid);
  }

  @Test
  void a_killed_server_is_brought_back() throws Exception {
    long pid = PLATFORM.servers().getFirst().pid();
    begin("kill", "postgres");
    await()
        .atMost(LIMIT)
        .until(
            () ->
                PLATFORM.servers().getFirst().alive()
                    && PLATFORM.servers().getFirst().pid() != pid);
    awaitWork();
  }

  @Test
  void every_fault_of_the_wire_ends_by_itself_and_work_goes_on() throws Exception {
    for (String fault : List.of("delay", "cut", "half-open", "swallow-commit")) {
      begin(fault, "postgres");
      awaitEnd();
      awaitWork();
    }
    begin("cut", "kafka");
    awaitEnd();
    long before = PLATFORM.platform().relay().figures().publishedInAll();
    awaitWork();
    await()
        .atMost(LIMIT)
        .until(() -> PLATFORM.platform().relay().figures().publishedInAll() > before);
  }

  @Test
  void a_command_whose_commits_are_not_answered_takes_effect_once() throws Exception {
    begin("swallow-commit", "postgres");
    Answer<Moved> told;
    try {
      told = done(stock("once", Duration.ofSeconds(10)));
    } catch (Exception unknown) {
      awaitEnd();
      told = done(stock("once", LIMIT));
    }
    assertTrue(told.replayed(), "what was committed is found");
    awaitEnd();
    awaitWork();
  }

  @Test
  void a_partner_that_is_out_answers_nobody_until_it_is_back() throws Exception {
    PaymentGateway provider = PLATFORM.platform().partners().payments();
    begin("partner-out", "payment");
    assertThrows(Exception.class, () -> done(provider.find("none", soon())));
    awaitEnd();
    done(provider.find("none", soon()));
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(5), PLATFORM.clock());
  }

  @Test
  void the_same_fault_twice_one_too_long_and_one_of_nobody_are_refused() throws Exception {
    ActiveFault first = begin("slow", AGENT);
    assertInstanceOf(
        IllegalStateException.class, assertThrows(Exception.class, () -> begin("slow", AGENT)));
    done(faults().begin(FaultRequest.of("slow", "order", SHORT)));
    for (FaultRequest wrong :
        List.of(
            FaultRequest.of("delay", "postgres", Duration.ofHours(1)),
            FaultRequest.of("crash", "nobody", SHORT),
            FaultRequest.of("melt", AGENT, SHORT),
            FaultRequest.of("swallow-commit", "kafka", SHORT))) {
      assertInstanceOf(
          IllegalArgumentException.class,
          assertThrows(Exception.class, () -> done(faults().begin(wrong))),
          wrong.toString());
    }
    done(faults().end(first.id()));
    assertEquals(1, faults().active().size());
    awaitEnd();
  }

  @Test
  void an_administrator_begins_lists_and_ends_faults_over_http() throws Exception {
    assertEquals(401, send("GET", "/chaos", "", "none").statusCode());
    assertEquals(403, send("GET", "/chaos", "", PLATFORM.token(Role.MERCHANT)).statusCode());
    String admin = PLATFORM.token(Role.ADMIN);
    HttpResponse<String> begun =
        send("POST", "/chaos", "{\"fault\":\"slow\",\"target\":\"order\",\"forMs\":20000}", admin);
    assertEquals(201, begun.statusCode(), begun.body());
    long id = faults().active().getFirst().id();
    assertTrue(send("GET", "/chaos", "", admin).body().contains("\"fault\":\"slow\""));
    String again = "{\"fault\":\"slow\",\"target\":\"order\"}";
    assertEquals(409, send("POST", "/chaos", again, admin).statusCode());
    assertEquals(400, send("POST", "/chaos", "{\"fault\":\"melt\"}", admin).statusCode());
    assertEquals(400, send("POST", "/chaos", "{\"fault\":7}", admin).statusCode());
    assertEquals(200, send("DELETE", "/chaos/" + id, "", admin).statusCode());
    assertTrue(faults().active().isEmpty());
    assertEquals(400, send("DELETE", "/chaos/" + id, "", admin).statusCode());
  }

  @Test
  void the_command_line_begins_and_lists() {
    String data = PLATFORM.folder().toString();
    assertEquals(0, Main.execute("chaos", "slow", "order", "--for", "1s", "--data", data));
    assertEquals(1, Main.execute("chaos", "melt", "order", "--data", data));
    assertEquals(0, Main.execute("chaos", "list", "--data", data));
    assertEquals(2, Main.execute("chaos", "slow", "order", "--for", "soon", "--data", data));
    awaitEnd();
  }

  private static HttpResponse<String> send(String method, String path, String body, String token)
      throws Exception {
    URI address = URI.create("http://127.0.0.1:" + PLATFORM.port("management") + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(address)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
