package dev.holdfast.launcher.boards;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A receiver of Alertmanager's notices; it remembers which alerts came, and how. */
public final class Notices implements AutoCloseable {
  private final Set<String> came = ConcurrentHashMap.newKeySet();
  private final HttpServer server;

  /** Listens on a free port. */
  public Notices() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Buffer.buffer(body).toJsonObject().getJsonArray("alerts").stream()
          .map(JsonObject.class::cast)
          .forEach(
              alert ->
                  came.add(
                      alert.getJsonObject("labels").getString("alertname")
                          + " "
                          + alert.getString("status")));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Whether an alert was told as firing. */
  public boolean isFiring(String alert) {
    return came.contains(alert + " firing");
  }

  /** Whether an alert was told as resolved. */
  public boolean isResolved(String alert) {
    return came.contains(alert + " resolved");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
