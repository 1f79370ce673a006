package dev.holdfast.commerce.api;

import dev.holdfast.bus.Bus;
import dev.holdfast.degradation.AdmissionControl;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.HttpMeters;
import dev.holdfast.web.Cursors;
import dev.holdfast.web.Listener;
import dev.holdfast.web.ListenerVerticle;
import dev.holdfast.web.Tokens;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/**
 * The platform's API on its port. Several instances share the port and its connections; all that
 * they are given is safe on any thread.
 */
public final class GatewayVerticle extends VerticleBase {
  private static final String NAME = "api";

  private final GatewaySettings settings;
  private final ApiContract contract;
  private final Bus bus;
  private final Waiting waiting;
  private final Tokens tokens;
  private final Cursors cursors;
  private final Clock clock;
  private final HttpMeters meters;
  private final AdmissionControl admissions;
  private final ErrorReports reports;
  private final Fallback fallback;
  private ListenerVerticle listener;

  /**
   * @param contract read once by {@link ApiContract#load}
   * @param waiting where runs tell their answers, {@code milestones::await}
   * @param cursors with a key that all nodes have
   * @param admissions asked before each request is begun
   * @param fallback for when the database is away
   */
  public GatewayVerticle(
      GatewaySettings settings,
      ApiContract contract,
      Bus bus,
      Waiting waiting,
      Tokens tokens,
      Cursors cursors,
      Clock clock,
      HttpMeters meters,
      AdmissionControl admissions,
      ErrorReports reports,
      Fallback fallback) {
    this.settings = settings;
    this.contract = contract;
    this.bus = bus;
    this.waiting = waiting;
    this.tokens = tokens;
    this.cursors = cursors;
    this.clock = clock;
    this.meters = meters;
    this.admissions = admissions;
    this.reports = reports;
    this.fallback = fallback;
  }

  @Override
  public Future<?> start() throws Exception {
    Agents agents = new Agents(bus, clock);
    Submissions submissions = new Submissions(vertx, agents, waiting, settings.milestone());
    Gateway gateway =
        new Gateway(
            contract,
            settings,
            agents,
            submissions,
            tokens,
            new Pages(cursors),
            meters,
            admissions,
            reports,
            fallback,
            new Patience(vertx, fallback.databaseIsSilent()));
    Listener port = new Listener(NAME, settings.port(), gateway::router, meters);
    // It lives on this verticle's context, as its start and stop do.
    listener = new ListenerVerticle(settings.host(), List.of(port), settings.limits(), clock);
    listener.init(vertx, context);
    return listener.start();
  }

  /** The port that was taken; once it is deployed. Any thread. */
  public int port() {
    return listener.ports().get(NAME);
  }

  /** Takes no new connections, and lets requests in progress end. */
  @Override
  public Future<?> stop() throws Exception {
    return listener.stop();
  }
}
