package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators do over HTTP with a run that waits for a person. */
class ResumeIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final UUID NOBODYS = UUID.randomUUID();

  private final Till till = new Till(PLATFORM, "resume");
  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<String> send(String method, String path, Role role) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PLATFORM.port("management") + path))
            .header("Authorization", "Bearer " + PLATFORM.token(role))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(LIMIT)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonObject resume(UUID run) throws Exception {
    HttpResponse<String> answer = send("POST", "/runs/" + run + "/resume", Role.ADMIN);
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  private static JsonObject resumed(boolean done) {
    return new JsonObject().put("resumed", done);
  }

  private String status(UUID run) throws Exception {
    return new JsonObject(send("GET", "/runs/" + run, Role.ADMIN).body()).getString("status");
  }

  /** A run that has turned back, and again waits on its way for a person. */
  private UUID stuck() throws Exception {
    Placed placed =
        till.place("anna", "50001", 2, LIMIT)
            .await(LIMIT.toSeconds(), TimeUnit.SECONDS)
            .outcome()
            .orThrow();
    assertEquals(
        409, till.milestone(placed, LIMIT).await(LIMIT.toSeconds(), TimeUnit.SECONDS).status());
    till.awaitSettled();
    try (Sql person = new Sql(PLATFORM.ownBooks())) {
      person.run(
          "UPDATE holdfast.run SET status = 'NEEDS_HUMAN' WHERE run_id = '" + placed.run() + "'");
    }
    return placed.run();
  }

  @Test
  void a_run_that_waits_for_a_person_is_resumed_once_and_goes_to_its_end() throws Exception {
    till.stock("50001", 1);
    UUID run = stuck();
    assertEquals("NEEDS_HUMAN", status(run));
    assertEquals(resumed(true), resume(run));
    await().atMost(LIMIT).until(() -> status(run).equals("TURNED_BACK"));
    assertEquals(resumed(false), resume(run));
  }

  @Test
  void only_runs_that_wait_are_resumed_and_only_by_administrators() throws Exception {
    assertEquals(resumed(false), resume(NOBODYS));
    String path = "/runs/" + NOBODYS + "/resume";
    assertEquals(403, send("POST", path, Role.MERCHANT).statusCode());
    assertEquals(404, send("POST", "/runs/no-id/resume", Role.ADMIN).statusCode());
    assertEquals(404, send("GET", "/runs/" + NOBODYS, Role.ADMIN).statusCode());
  }
}
