package dev.holdfast.web;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Secret;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.telemetry.SeriesFigures;
import dev.holdfast.testing.Reports;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Live events as server-sent events: resume, and clients that don't keep up. */
class EventStreamsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofMillis(900);

  private final Vertx vertx = Vertx.vertx();
  private final Clock clock = Clock.system();
  private final Meters meters = new Meters();
  private final LiveEvents events = new LiveEvents(clock, meters.liveEvents());
  private final HttpClient client = HttpClient.newHttpClient();
  private Tokens tokens;
  private String token;
  private int port;

  /** One event of a stream, as its lines say it. */
  private record Sent(String id, String type, JsonObject data) {}

  /** A client that reads only when it is asked to. */
  private final class Stream implements AutoCloseable {
    private final BufferedReader lines;
    private final int status;

    Stream(String lastEventId) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events/stream"))
              .header("Authorization", "Bearer " + token)
              .header("Accept", "text/event-stream");
      if (lastEventId != null) {
        request.header("Last-Event-ID", lastEventId);
      }
      HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
      status = answer.statusCode();
      lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The next event, signs of life left out. */
    Sent next() throws IOException {
      String id = null;
      String type = "message";
      JsonObject data = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = new JsonObject(line.substring(6));
        } else if (line.isEmpty() && data != null) {
          return new Sent(id, type, data);
        }
      }
      throw new IOException("the stream ended");
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    tokens =
        new Tokens(
            vertx,
            new TokenSettings(
                "holdfast",
                "api",
                Duration.ofMinutes(15),
                List.of(TokenKey.shared("k", Secret.of("a secret of more than 32 bytes, really")))),
            clock,
            meters);
    token = tokens.issueAdmin("ada", Duration.ofMinutes(5));
    listen(IDLE);
  }

  /**
   * @param idle after which connections without any traffic are closed
   */
  private void listen(Duration idle) throws Exception {
    HttpLimits limits =
        new HttpLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), idle, 200, JsonLimits.DEFAULTS);
    Listener listener =
        new Listener("observability", 0, on -> routes(on, limits), meters.http("observability"));
    ListenerVerticle verticle = new ListenerVerticle("127.0.0.1", List.of(listener), limits, clock);
    vertx.deployVerticle(verticle).await(10, TimeUnit.SECONDS);
    port = verticle.ports().get("observability");
  }

  private Router routes(Vertx on, HttpLimits limits) {
    Router router = Router.router(on);
    new Failures("observability", Reports.of(clock)).of(router);
    router.route().handler(Measured.each(meters.http("observability"), clock));
    new ObservabilityRoutes(events, tokens, clock, limits, meters::textOfObservability)
        .on(router, on);
    return router;
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(15, TimeUnit.SECONDS);
  }

  private void tell(int number) {
    tell(number, "");
  }

  private void tell(int number, String text) {
    events.tell("shop", "s", "numbered", new JsonObject().put("number", number).put("text", text));
  }

  private void awaitTold(int events) {
    await().atMost(LIMIT).until(() -> this.events.last() >= events);
  }

  private static int number(Sent sent) {
    return sent.data().getJsonObject("payload").getInteger("number");
  }

  @Tag("E-120")
  @Test
  void events_are_told_as_they_come_each_with_its_id() throws Exception {
    tell(1);
    awaitTold(1);
    try (Stream stream = new Stream(null)) {
      assertEquals(200, stream.status);
      tell(2);
      tell(3);
      Sent first = stream.next();
      Sent second = stream.next();
      assertEquals(2, number(first), "who does not resume hears of what comes");
      assertEquals(3, number(second));
      assertTrue(first.id().endsWith("-2"), first.id());
      assertFalse(first.id().equals(second.id()));
    }
  }

  @Tag("E-120")
  @Test
  void who_comes_back_with_the_last_id_misses_nothing() throws Exception {
    String seen;
    try (Stream stream = new Stream(null)) {
      tell(1);
      seen = stream.next().id();
    }
    tell(2);
    tell(3);
    awaitTold(3);
    try (Stream again = new Stream(seen)) {
      assertEquals(2, number(again.next()));
      assertEquals(3, number(again.next()));
      tell(4);
      assertEquals(4, number(again.next()));
    }
  }

  @Test
  void who_stayed_away_too_long_is_told_how_many_were_missed() throws Exception {
    String seen;
    try (Stream stream = new Stream(null)) {
      tell(1);
      seen = stream.next().id();
    }
    for (int number = 2; number <= LiveEvents.KEPT + 8; number++) {
      tell(number);
    }
    awaitTold(LiveEvents.KEPT + 8);
    try (Stream again = new Stream(seen)) {
      Sent gap = again.next();
      assertEquals("gap", gap.type());
      assertEquals(7, gap.data().getInteger("missed"));
      assertEquals(9, number(again.next()));
      assertTrue(meters.text().contains("holdfast_live_events_missed_total 7.0"));
      assertTrue(meters.text().contains("holdfast_live_event_followers 1.0"));
    }
  }

  @Test
  void an_id_of_another_life_is_answered_with_all_that_is_kept() throws Exception {
    tell(1);
    awaitTold(1);
    for (String foreign : List.of("abc-17", "nonsense", "-", "9")) {
      try (Stream stream = new Stream(foreign)) {
        Sent gap = stream.next();
        assertEquals("gap", gap.type());
        assertEquals(null, gap.data().getValue("missed"), "nobody knows how many");
        assertEquals(1, number(stream.next()));
      }
    }
  }

  @Test
  void a_slow_client_misses_events_and_is_told_so_while_others_miss_none() throws Exception {
    int many = 3 * LiveEvents.KEPT;
    listen(LIMIT);
    try (Socket slow = new Socket();
        Stream quick = new Stream(null)) {
      slow.setReceiveBufferSize(8 * 1024);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      slow.getOutputStream()
          .write(
              ("GET /events/stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n"
                      + "Authorization: Bearer "
                      + token
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream answer = new BufferedInputStream(slow.getInputStream());
      assertTrue(answer.read() > 0, "it is let in");
      // More than any system keeps for a socket.
      String large = "x".repeat(12_000);
      List<Integer> heard = new ArrayList<>();
      for (int number = 1; number <= many; number++) {
        tell(number, large);
        if (number % 100 == 0) {
          for (int each = 0; each < 100; each++) {
            heard.add(number(quick.next()));
          }
        }
      }
      assertEquals(many, heard.size());
      assertEquals(many, heard.getLast(), "who keeps up hears all, in order");
      assertEquals(heard.stream().sorted().distinct().toList(), heard);
      String gap = readUntil(answer, "event: gap");
      assertTrue(gap.length() < many * large.length() / 2, "it was bounded: " + gap.length());
      assertTrue(readUntil(answer, "\n\n").contains("\"missed\":"));
      readUntil(answer, "\"number\":" + many + ",");
    }
  }

  /** All up to a text, the text included. */
  private static String readUntil(InputStream from, String end) throws IOException {
    StringBuilder all = new StringBuilder();
    while (all.length() < end.length() || !all.substring(all.length() - end.length()).equals(end)) {
      int next = from.read();
      if (next < 0) {
        throw new IOException("ended after " + all.length() + " characters without " + end);
      }
      all.append((char) next);
    }
    return all.toString();
  }

  @Test
  void a_client_that_takes_nothing_at_all_is_let_go() throws Exception {
    try (Socket stuck = new Socket()) {
      stuck.setReceiveBufferSize(8 * 1024);
      stuck.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      stuck
          .getOutputStream()
          .write(
              ("GET /events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + token
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      await().atMost(LIMIT).until(() -> connections() == 1);
      String large = "x".repeat(8_000);
      for (int number = 1; number <= LiveEvents.KEPT; number++) {
        tell(number, large);
      }
      await().atMost(LIMIT).until(() -> connections() == 0);
    }
  }

  private double connections() {
    return meters.figuresOf("observability").stream()
        .filter(one -> one.meter().title().equals("active_connections"))
        .mapToDouble(one -> ((SeriesFigures.Single) one).value())
        .sum();
  }

  @Test
  void a_quiet_stream_is_not_idle_and_is_not_slow_either() throws Exception {
    try (Stream stream = new Stream(null)) {
      long opened = System.nanoTime();
      await().atMost(LIMIT).until(() -> System.nanoTime() - opened > 3 * IDLE.toNanos());
      tell(1);
      assertEquals(1, number(stream.next()));
    }
    await()
        .atMost(LIMIT)
        .until(() -> meters.text().contains("route=\"GET /events/stream\",status=\"200\"} 1.0"));
    assertTrue(
        meters
            .text()
            .contains("request_duration_ms_bucket{agent_id=\"observability\",le=\"500.0\"} 1"),
        meters.text());
  }

  @Test
  void who_accepts_neither_gets_406() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events/stream"))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "image/png")
            .build();
    assertEquals(406, client.send(request, BodyHandlers.discarding()).statusCode());
  }

  @Test
  void there_is_room_for_a_hundred() throws Exception {
    List<Stream> streams = new ArrayList<>();
    try {
      for (int each = 0; each < LiveEvents.FOLLOWERS_MAX; each++) {
        streams.add(new Stream(null));
      }
      try (Stream last = new Stream(null)) {
        assertEquals(503, last.status);
      }
      streams.removeFirst().close();
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                Stream next = new Stream(null);
                streams.add(next);
                return next.status == 200;
              });
    } finally {
      for (Stream stream : streams) {
        stream.close();
      }
    }
  }
}
