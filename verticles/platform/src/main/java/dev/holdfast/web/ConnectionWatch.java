package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Reading;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Closes a server's connections that take too long to say what they want. An idle timeout alone
 * does not: a client that sends a byte every so often is never idle. Connections belong to the loop
 * that made the server, so nothing here is shared; one sweep looks at all of them, which costs a
 * request nothing but two fields.
 */
final class ConnectionWatch {
  /** The status of a connection that became a WebSocket. */
  private static final int SWITCHED = 101;

  private final HttpLimits limits;
  private final Clock clock;
  private final Reading open;
  private final Map<HttpConnection, Watched> watched = new HashMap<>();

  /** What is known of one connection. */
  private static final class Watched {
    /** When the phase it is in began: opening, reading a body, waiting for the next request. */
    private long sinceNanos;

    private boolean fresh = true;
    private boolean readingBody;
    private HttpServerResponse answer;

    private Watched(long now) {
      sinceNanos = now;
    }
  }

  ConnectionWatch(HttpLimits limits, Clock clock, Reading open) {
    this.limits = limits;
    this.clock = clock;
    this.open = open;
  }

  /** Watches all connections of a server that does not listen yet, on the caller's context. */
  void over(Vertx vertx, HttpServer server, Handler<HttpServerRequest> requests) {
    server.connectionHandler(this::opened);
    server.requestHandler(
        request -> {
          begun(request);
          requests.handle(request);
        });
    open.from(watched::size);
    vertx.setPeriodic(sweepMillis(), id -> sweep(clock.nanoTime()));
  }

  /** A tenth of the shortest limit, between 10 ms and a second. */
  private long sweepMillis() {
    long shortest =
        Math.min(
            limits.head().toMillis(), Math.min(limits.body().toMillis(), limits.idle().toMillis()));
    return Math.clamp(shortest / 10, 10, 1_000);
  }

  private void opened(HttpConnection connection) {
    if (watched.size() >= limits.connections()) {
      connection.close();
      return;
    }
    watched.put(connection, new Watched(clock.nanoTime()));
    connection.closeHandler(closed -> watched.remove(connection));
  }

  private void begun(HttpServerRequest request) {
    Watched state = watched.get(request.connection());
    if (state == null) {
      return;
    }
    state.fresh = false;
    state.sinceNanos = clock.nanoTime();
    state.answer = request.response();
    state.readingBody = !request.isEnded();
    if (state.readingBody) {
      request.end().onComplete(ended -> state.readingBody = false);
    }
  }

  private void sweep(long now) {
    for (Map.Entry<HttpConnection, Watched> entry : new ArrayList<>(watched.entrySet())) {
      if (tooLong(entry.getValue(), now)) {
        entry.getKey().close();
      }
    }
  }

  private boolean tooLong(Watched state, long now) {
    if (state.fresh) {
      return passed(state, limits.head(), now);
    }
    if (state.readingBody) {
      return passed(state, limits.body(), now);
    }
    if (state.answer != null) {
      if (state.answer.getStatusCode() == SWITCHED) {
        // No requests follow; a connection without any traffic is idle all the same.
        return false;
      }
      if (state.answer.ended()) {
        // From here on it waits for the next request; the answer itself is the route's affair.
        state.answer = null;
        state.sinceNanos = now;
      }
      return false;
    }
    return passed(state, limits.idle(), now);
  }

  private static boolean passed(Watched state, Duration limit, long now) {
    return now - state.sinceNanos > limit.toNanos();
  }
}
