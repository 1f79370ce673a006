package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;

/**
 * {@code GET /events/stream}: who asks for an upgrade gets a WebSocket, who accepts {@code
 * text/event-stream} gets server-sent events. Both are bounded by {@link #UNSENT_BYTES_MAX} and the
 * socket's own buffers. A sign of life goes out whenever nothing else may: it keeps a quiet stream
 * from counting as idle, while one that is stuck is closed by the listener's idle time.
 */
final class EventStreams {
  /** What may wait to be sent to one client, in bytes, beyond one event. */
  static final int UNSENT_BYTES_MAX = 64 * 1024;

  /** How soon a client of server-sent events should come back, in milliseconds. */
  private static final int RETRY_MS = 2_000;

  private static final String SSE = "text/event-stream";
  private static final Buffer SIGN_OF_LIFE = Buffer.buffer(": still here\n\n");

  private final Vertx vertx;
  private final LiveEvents events;
  private final Clock clock;
  private final long signMs;

  /**
   * @param idle after which a connection without any traffic is closed
   */
  EventStreams(Vertx vertx, LiveEvents events, Clock clock, Duration idle) {
    this.vertx = vertx;
    this.events = events;
    this.clock = clock;
    this.signMs = Math.max(1, idle.toMillis() / 3);
  }

  void open(RoutingContext context) {
    String upgrade = context.request().getHeader(HttpHeaders.UPGRADE);
    if (upgrade != null && upgrade.toLowerCase(Locale.ROOT).equals("websocket")) {
      context.request().toWebSocket().onSuccess(this::webSocket).onFailure(context::fail);
    } else if (takesEvents(context.request().getHeader(HttpHeaders.ACCEPT))) {
      serverSent(context);
    } else {
      context.fail(406);
    }
  }

  private static boolean takesEvents(String accepted) {
    return accepted == null || accepted.contains(SSE) || accepted.contains("*/*");
  }

  private void webSocket(ServerWebSocket socket) {
    socket.setWriteQueueMaxSize(UNSENT_BYTES_MAX);
    EventFeed feed = new EventFeed(events, new OverWebSocket(socket), events.last() + 1);
    events.meters().opened();
    long sign = vertx.setPeriodic(signMs, tick -> ping(socket));
    socket.closeHandler(
        closed -> {
          vertx.cancelTimer(sign);
          events.leave(feed);
          events.meters().closed();
        });
    socket.drainHandler(room -> feed.flow());
    if (!events.follow(feed)) {
      socket.close((short) 1013, "too many listeners");
    }
  }

  private static void ping(ServerWebSocket socket) {
    if (!socket.writeQueueFull()) {
      socket.writePing(Buffer.buffer());
    }
  }

  private void serverSent(RoutingContext context) {
    HttpServerResponse response = context.response();
    OverHttp outlet = new OverHttp(response);
    String seen = context.request().getHeader("Last-Event-ID");
    long after = seen == null ? events.last() + 1 : events.after(seen);
    EventFeed feed = new EventFeed(events, outlet, after < 0 ? events.oldest() : after);
    if (!events.follow(feed)) {
      context.fail(503);
      return;
    }
    Measured.streams(context, clock);
    long sign = vertx.setPeriodic(signMs, tick -> outlet.signOfLife());
    context.addEndHandler(
        gone -> {
          vertx.cancelTimer(sign);
          events.leave(feed);
        });
    response
        .setWriteQueueMaxSize(UNSENT_BYTES_MAX)
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, SSE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .write("retry: " + RETRY_MS + "\n\n");
    response.drainHandler(room -> feed.flow());
    if (after < 0) {
      outlet.gap(-1);
    }
    feed.flow();
  }

  private static JsonObject gap(long missed) {
    return new JsonObject().put("missed", missed < 0 ? null : missed);
  }

  /** Each event is a text message; a gap is one with the member {@code gap} alone. */
  private record OverWebSocket(ServerWebSocket socket) implements EventFeed.Outlet {
    @Override
    public boolean isFull() {
      return socket.writeQueueFull();
    }

    @Override
    public void tell(String place, String text) {
      socket.writeTextMessage(text);
    }

    @Override
    public void gap(long missed) {
      socket.writeTextMessage(new JsonObject().put("gap", EventStreams.gap(missed)).encode());
    }
  }

  /** Each event has its id; a gap is an event of the type {@code gap}, without one. */
  private record OverHttp(HttpServerResponse response) implements EventFeed.Outlet {
    @Override
    public boolean isFull() {
      return response.writeQueueFull();
    }

    @Override
    public void tell(String place, String text) {
      response.write("id: " + place + "\ndata: " + text + "\n\n");
    }

    @Override
    public void gap(long missed) {
      response.write("event: gap\ndata: " + EventStreams.gap(missed).encode() + "\n\n");
    }

    void signOfLife() {
      if (!response.writeQueueFull()) {
        response.write(SIGN_OF_LIFE);
      }
    }
  }
}
