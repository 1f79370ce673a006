package dev.holdfast.launcher.routes;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.api.ApiContract;
import dev.holdfast.commerce.api.GatewaySettings;
import dev.holdfast.commerce.api.GatewayVerticle;
import dev.holdfast.kernel.Secret;
import dev.holdfast.launcher.faults.Chaos;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.process.Waiting;
import dev.holdfast.launcher.servers.Credentials;
import dev.holdfast.launcher.settings.HttpSettings;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.web.AgentRoutes;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.Cursors;
import dev.holdfast.web.Failures;
import dev.holdfast.web.HttpLimits;
import dev.holdfast.web.Listener;
import dev.holdfast.web.ListenerVerticle;
import dev.holdfast.web.Measured;
import dev.holdfast.web.ObservabilityRoutes;
import dev.holdfast.web.Problem;
import dev.holdfast.web.TokenKey;
import dev.holdfast.web.TokenSettings;
import dev.holdfast.web.Tokens;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The listeners of the process and the tokens that open them. */
public final class Doors {
  private static final Duration OPEN_WITHIN = Duration.ofSeconds(15);
  private static final Duration READY_TOKEN = Duration.ofHours(12);

  /** The tenant of the ready tokens. */
  static final int MERCHANT = 1;

  private final Platform platform;
  private final Chaos chaos;
  private final HttpSettings http;
  private final Secret key;
  private final Tokens tokens;
  private final Map<Role, String> ready;
  private volatile boolean open;

  public Doors(Platform platform, Settings settings, Credentials credentials, Chaos chaos) {
    this.platform = platform;
    this.chaos = chaos;
    this.http = settings.http();
    this.key =
        settings.tokens().isGiven()
            ? settings.tokens().secret()
            : Secret.of(credentials.secret("tokens"));
    this.tokens =
        new Tokens(
            platform.vertx(),
            new TokenSettings(
                "holdfast", "holdfast", READY_TOKEN, List.of(TokenKey.shared("own", key))),
            platform.clock(),
            platform.meters());
    this.ready = tokens.ready(MERCHANT, "17850", READY_TOKEN);
  }

  public Tokens tokens() {
    return tokens;
  }

  /** Tokens that work at once, one for each role. */
  public Map<Role, String> readyTokens() {
    return ready;
  }

  /** Opens all listeners but the public API's, and says where they are. Blocks. */
  public Map<String, Integer> open() {
    List<Listener> listeners = new ArrayList<>();
    Meters meters = platform.meters();
    AgentRoutes ofAgents =
        new AgentRoutes(meters, platform.alerts().ofAgents(), platform.errors(), platform.clock());
    listeners.add(
        new Listener(
            "management", port(http.management()), this::management, meters.http("management")));
    listeners.add(
        new Listener("metrics", port(http.metrics()), this::metrics, meters.http("metrics"))
            .optional());
    listeners.add(
        new Listener(
            "observability",
            port(http.observability()),
            this::observability,
            meters.http("observability")));
    platform
        .crew()
        .hosts()
        .values()
        .forEach(
            host -> {
              AgentPulse pulse = new AgentPulse(host, platform);
              listeners.add(
                  new Listener(
                      host.name(),
                      port(http.agents().get(host.name())),
                      vertx -> ofAgents.of(host.name(), pulse, vertx),
                      meters.http(host.name())));
            });
    ListenerVerticle verticle =
        new ListenerVerticle(http.bind(), listeners, HttpLimits.DEFAULTS, platform.clock());
    Waiting.on(platform.vertx().deployVerticle(verticle), OPEN_WITHIN, "opening the listeners");
    return verticle.ports();
  }

  /** Opens the public API, and says where. Blocks. */
  public int openApi() {
    ApiContract contract =
        Waiting.on(ApiContract.load(platform.vertx()), OPEN_WITHIN, "reading the API's contract");
    GatewayVerticle gateway =
        new GatewayVerticle(
            GatewaySettings.of(http.bind(), port(http.api()), HttpLimits.DEFAULTS),
            contract,
            platform.bus(),
            platform.milestones()::await,
            tokens,
            new Cursors(key),
            platform.clock(),
            platform.meters().http("api"),
            platform.degradation().features(),
            platform.errors(),
            platform.fallback());
    Waiting.on(platform.vertx().deployVerticle(gateway), OPEN_WITHIN, "opening the API");
    open = true;
    return gateway.port();
  }

  int port(int shipped) {
    return shipped == 0 ? 0 : shipped + http.portOffset();
  }

  private Router management(Vertx vertx) {
    Router router = Router.router(vertx);
    new Failures("management", platform.errors(), Doors::problem).of(router);
    ChaosRoutes.on(router, chaos, tokens);
    new ManagementRoutes(platform, tokens, () -> open).on(router);
    return router;
  }

  private static Optional<Problem> problem(Throwable cause) {
    return cause instanceof QueryRefused refused
        ? Optional.of(Problem.of(refused.why()))
        : Optional.empty();
  }

  private Router metrics(Vertx vertx) {
    Router router = Router.router(vertx);
    router
        .get("/metrics")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(platform.meters().text()));
    return router;
  }

  private Router observability(Vertx vertx) {
    Router router = Router.router(vertx);
    Meters meters = platform.meters();
    new Failures("observability", platform.errors()).of(router);
    router.route().handler(Measured.each(meters.http("observability"), platform.clock()));
    new ObservabilityRoutes(
            platform.liveEvents(),
            tokens,
            platform.clock(),
            HttpLimits.DEFAULTS,
            meters::textOfObservability)
        .on(router, vertx);
    return router;
  }
}
