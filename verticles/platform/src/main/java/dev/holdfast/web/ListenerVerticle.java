package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns listeners for as long as the process lives, so that an agent's port answers while the agent
 * itself is restarted. Starts only if every port could be taken that is needed.
 */
public final class ListenerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerVerticle.class);
  private static final int DRAIN_SECONDS = 10;

  private final String host;
  private final List<Listener> listeners;
  private final HttpLimits limits;
  private final Clock clock;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final List<HttpServer> servers = new ArrayList<>();

  /**
   * @param host the address to bind to; 127.0.0.1 unless the operator says otherwise
   * @param listeners with names of their own
   */
  public ListenerVerticle(String host, List<Listener> listeners, HttpLimits limits, Clock clock) {
    this.host = host;
    this.listeners = List.copyOf(listeners);
    this.limits = limits;
    this.clock = clock;
  }

  /** The ports that were taken, by listener; complete once it is deployed. Any thread. */
  public Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  @Override
  public Future<?> start() {
    return Future.all(listeners.stream().map(this::listen).toList());
  }

  private Future<HttpServer> listen(Listener listener) {
    HttpServer server = vertx.createHttpServer(limits.options());
    servers.add(server);
    new ConnectionWatch(limits, clock, listener.meters().connections())
        .over(vertx, server, listener.routes().apply(vertx));
    return server
        .listen(listener.port(), host)
        .onSuccess(listening -> listens(listener, listening.actualPort()))
        .recover(failure -> without(listener, server, told(listener, failure)));
  }

  private void listens(Listener listener, int port) {
    ports.put(listener.name(), port);
    LOG.info("{} listens on port {} of {}", listener.name(), port, host);
  }

  private static Future<HttpServer> without(
      Listener listener, HttpServer server, Throwable failure) {
    if (listener.needed()) {
      return Future.failedFuture(failure);
    }
    LOG.warn("going on without {}: {}", listener.name(), failure.getMessage());
    return Future.succeededFuture(server);
  }

  private Throwable told(Listener listener, Throwable failure) {
    if (failure instanceof BindException) {
      return new IllegalStateException(
          "port %d on %s, for %s, is in use or may not be taken"
              .formatted(listener.port(), host, listener.name()),
          failure);
    }
    return failure;
  }

  /** Takes no new connections, and lets requests in progress end within ten seconds. */
  @Override
  public Future<?> stop() {
    return Future.join(
        servers.stream().map(server -> server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS)).toList());
  }
}
