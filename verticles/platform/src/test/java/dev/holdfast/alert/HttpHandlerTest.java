package dev.holdfast.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.alert.Answer.Verdict;
import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver over HTTP and its guard. */
class HttpHandlerTest {
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final GuardSettings THREE =
      GuardSettings.EXTERNAL
          .counting(failure -> true)
          .with(
              GuardSettings.EXTERNAL
                  .breaker()
                  .tripping(trip -> trip.failures(3).within(Duration.ofSeconds(60))));

  private final Clock clock = Clock.system();
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int status = 503;
  private Guard guard;
  private HttpHandler handler;

  @BeforeEach
  void open() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  asked.incrementAndGet();
                  request
                      .response()
                      .setStatusCode(status)
                      .putHeader("Retry-After", "7")
                      .end("busy");
                })
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    guard = Guard.of("alert-webhook", THREE, vertx, clock);
    handler =
        new HttpHandler(
            "webhook",
            Severity.INFO,
            Secret.of("http://127.0.0.1:" + server.actualPort() + "/"),
            (delivery, now) -> Document.of(WebhookFormat.body(delivery.what()).toBuffer()),
            new ReceiverGateway(vertx),
            guard,
            WITHIN,
            clock);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Answer tell() throws Exception {
    Instant nine = Instant.parse("2026-11-02T09:00:00Z");
    Notification what = ReceiverTrial.of("ada", "n1", nine).begun();
    return handler.tell(Delivery.of(what, "webhook")).await(10, TimeUnit.SECONDS);
  }

  @Test
  void a_broken_receiver_is_left_alone_by_its_guard() throws Exception {
    for (int number = 0; number < 3; number++) {
      Answer busy = tell();
      assertEquals(Verdict.LATER, busy.verdict());
      assertEquals(Optional.of(Duration.ofSeconds(7)), busy.after());
      assertEquals("503 busy", busy.text());
    }
    assertEquals(State.OPEN, guard.state().state());
    Answer refused = tell();
    assertEquals(Verdict.LATER, refused.verdict());
    assertTrue(refused.text().startsWith("circuit_open"), refused.text());
    assertEquals(3, asked.get());
  }

  @Test
  void one_that_asks_for_patience_or_refuses_is_not_broken() throws Exception {
    for (int answer : new int[] {429, 429, 429, 400, 404, 200}) {
      status = answer;
      tell();
    }
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals(6, asked.get());
  }
}
