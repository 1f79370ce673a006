package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.recovery.Configuration;
import dev.holdfast.recovery.Configurations;
import dev.holdfast.recovery.RungName;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Incident;
import dev.holdfast.web.Caller.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Configurations of a running platform's agents: changed, refused, gone back from. */
class RollbackIT {
  @RegisterExtension
  static final PlatformExtension PLATFORM =
      new PlatformExtension().with(Settings.shipped().recovery().withConfigurationProvenMs(500));

  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(15);
  private static final String AGENT = "transport";

  private static Configurations configurations() {
    return PLATFORM.platform().recovery().configurations();
  }

  private static ChildState state() {
    return PLATFORM.platform().supervisor().state().child(AGENT).orElseThrow();
  }

  private static HttpResponse<String> ask(String body) throws Exception {
    URI address =
        URI.create(
            "http://127.0.0.1:%d/agents/%s/configuration"
                .formatted(PLATFORM.port("management"), AGENT));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + PLATFORM.token(Role.ADMIN))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static void awaitProven(int version) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              Configuration current = configurations().current(AGENT);
              return current.version() == version && current.provenAt().isPresent();
            });
  }

  @Tag("E-077")
  @Test
  void a_configuration_that_breaks_its_agent_is_gone_back_from_without_hands() throws Exception {
    awaitProven(configurations().current(AGENT).version());

    HttpResponse<String> unknown = ask("{\"tries\": 2}");
    assertEquals(422, unknown.statusCode());
    assertTrue(unknown.body().contains("tries is not known"), unknown.body());
    assertEquals(422, ask("{\"triesMax\": 11}").statusCode());
    HttpResponse<String> together = ask("{\"backoffMs\": 900, \"backoffMaxMs\": 100}");
    assertEquals(422, together.statusCode(), together.body());

    HttpResponse<String> changed = ask("{\"triesMax\": 2}");
    assertEquals(200, changed.statusCode(), changed.body());
    int good = configurations().current(AGENT).version();
    awaitProven(good);
    assertEquals(2, configurations().current(AGENT).whole("triesMax"));

    // What no check has seen: the agent can't be made with it.
    Map<String, Integer> bad = new TreeMap<>(configurations().current(AGENT).values());
    bad.put("triesMax", 0);
    configurations().adopt(AGENT, bad, "a bad day");
    PLATFORM.platform().supervisor().restart(AGENT, "a bad day").await(10, TimeUnit.SECONDS);
    await().atMost(LIMIT).until(() -> configurations().current(AGENT).version() == good);
    await().atMost(LIMIT).until(() -> state().isWell());

    List<Incident> incidents =
        PLATFORM.platform().supervisor().incidents().stream()
            .filter(incident -> incident.child().equals(AGENT))
            .toList();
    assertEquals(
        List.of(RungName.RESTART, RungName.FRESH_RESOURCES, RungName.ROLLBACK),
        incidents.stream().map(incident -> incident.choice().rung()).toList());
    Incident third = incidents.getLast();
    assertEquals(Incident.Outcome.RECOVERED, third.outcome());
    assertTrue(
        third.action().contains("configuration " + (good + 1) + " back to " + good),
        third.action());
    Instant crash = third.times().faultAt();
    Duration back = Duration.between(crash, third.times().provenAt().orElseThrow());
    assertTrue(back.compareTo(BACK_WITHIN) <= 0, "back after " + back);
    System.out.printf(
        "the last proven configuration did real work %d ms after the third crash%n",
        back.toMillis());
    await()
        .atMost(LIMIT)
        .until(
            () ->
                configurations().all(AGENT).getLast().failedAt().isPresent()
                    && configurations().all(AGENT).getLast().version() == good + 1);
  }
}
