package dev.holdfast.web;

import dev.holdfast.telemetry.HttpMeters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.Objects;
import java.util.function.Function;

/**
 * One port and what is answered on it.
 *
 * @param name whose port it is, for messages: an agent, {@code api}, {@code management}
 * @param port 1 to 65535; 0 takes a free one
 * @param routes makes the router, once a verticle instance, on its context
 * @param meters where its open connections are shown
 * @param needed whether nothing starts when the port can't be had
 */
public record Listener(
    String name, int port, Function<Vertx, Router> routes, HttpMeters meters, boolean needed) {

  /** One that is needed. */
  public Listener(String name, int port, Function<Vertx, Router> routes, HttpMeters meters) {
    this(name, port, routes, meters, true);
  }

  /** The same, to be left out when its port can't be had. */
  public Listener optional() {
    return new Listener(name, port, routes, meters, false);
  }

  public Listener {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(routes, "routes");
    Objects.requireNonNull(meters, "meters");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port of " + name + " must be 0 to 65535, got " + port);
    }
  }
}
