package dev.holdfast.launcher.servers;

import dev.holdfast.chaos.FaultProxy;
import dev.holdfast.chaos.Server;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.process.Waiting;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The proxies that stand between this process and its servers, by server; often none. */
public record Wires(Map<Server, FaultProxy> proxies) {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  /** Clients reach the servers themselves. */
  public static final Wires NONE = new Wires(Map.of());

  /** One before each server, in a Vertx that is not the platform's. Blocks. */
  public static Wires open(Vertx vertx, Clock clock) {
    FaultProxy postgres = FaultProxy.ofPostgres(clock);
    FaultProxy kafka = FaultProxy.ofAny(clock);
    for (FaultProxy proxy : new FaultProxy[] {postgres, kafka}) {
      Waiting.on(vertx.deployVerticle(proxy), WITHIN, "opening a proxy");
    }
    return new Wires(Map.of(Server.POSTGRES, postgres, Server.KAFKA, kafka));
  }

  /** The one to a server; empty when clients reach it directly. */
  public Optional<FaultProxy> to(Server server) {
    return Optional.ofNullable(proxies.get(server));
  }

  /** Where clients of the server connect; 0 for where it listens. */
  int port(Server server) {
    return to(server).map(FaultProxy::port).orElse(0);
  }

  /** Says where the server is. Blocks. */
  void leadTo(Server server, String host, int port) {
    to(server)
        .ifPresent(
            proxy -> Waiting.on(proxy.leadTo(host, port), WITHIN, "leading a proxy to its server"));
  }
}
