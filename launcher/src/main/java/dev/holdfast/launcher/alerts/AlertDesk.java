package dev.holdfast.launcher.alerts;

import dev.holdfast.alert.AlertHandler;
import dev.holdfast.alert.Alerts;
import dev.holdfast.alert.DocumentFormat;
import dev.holdfast.alert.HttpHandler;
import dev.holdfast.alert.LogHandler;
import dev.holdfast.alert.Observation;
import dev.holdfast.alert.PagerDutyFormat;
import dev.holdfast.alert.ReceiverGateway;
import dev.holdfast.alert.Runbooks;
import dev.holdfast.alert.Severity;
import dev.holdfast.alert.SlackFormat;
import dev.holdfast.alert.WebhookFormat;
import dev.holdfast.errors.ErrorReport;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.kernel.Secret;
import dev.holdfast.launcher.settings.AlertsSettings;
import dev.holdfast.launcher.settings.GuardsSettings;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.postgres.Database;
import dev.holdfast.recovery.Notice;
import dev.holdfast.telemetry.AlertSource;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The alerts of a process, with their receivers, as the settings want them. */
public final class AlertDesk {
  /** How the names of the receivers' guards begin. */
  static final String GUARD = "alert-";

  private final Vertx vertx;
  private final Alerts alerts;

  /**
   * @param vertx one that no order uses, so that neither delays the other
   * @param database best one that load does not reach
   */
  public AlertDesk(
      Settings settings,
      Vertx vertx,
      Sources sources,
      Database database,
      Meters meters,
      String node,
      Clock clock) {
    this.vertx = vertx;
    this.alerts =
        new Alerts(
            settings.alerts().policy(),
            handlers(settings, vertx, sources.guards(), clock),
            new Sight(sources, clock),
            database,
            meters.alerts(),
            node,
            clock);
  }

  private static List<AlertHandler> handlers(
      Settings settings, Vertx vertx, Guards guards, Clock clock) {
    AlertsSettings wanted = settings.alerts();
    Runbooks runbooks = new Runbooks(wanted.runbooks());
    Posts posts =
        new Posts(
            vertx,
            new ReceiverGateway(vertx),
            guards,
            settings.guards(),
            Duration.ofMillis(wanted.delivery().answerMs()),
            clock);
    List<AlertHandler> handlers = new ArrayList<>();
    if (wanted.log().enabled()) {
      handlers.add(new LogHandler(wanted.log().atLeast()));
    }
    if (wanted.slack().isGiven()) {
      handlers.add(
          posts.to(
              "slack", wanted.slack().atLeast(), wanted.slack().url(), new SlackFormat(runbooks)));
    }
    if (wanted.pagerduty().isGiven()) {
      handlers.add(
          posts.to(
              "pagerduty",
              wanted.pagerduty().atLeast(),
              Secret.of(wanted.pagerduty().url()),
              new PagerDutyFormat(wanted.pagerduty().routingKey(), runbooks)));
    }
    if (wanted.webhook().isGiven()) {
      handlers.add(
          posts.to(
              "webhook",
              wanted.webhook().atLeast(),
              wanted.webhook().url(),
              new WebhookFormat(wanted.webhook().secret())));
    }
    return handlers;
  }

  /** What receivers over HTTP have in common. */
  private record Posts(
      Vertx vertx,
      ReceiverGateway gateway,
      Guards guards,
      GuardsSettings settings,
      Duration within,
      Clock clock) {
    HttpHandler to(String name, Severity atLeast, Secret address, DocumentFormat format) {
      // Nothing that a receiver does is a refusal or a bug of ours: whatever fails is its fault.
      String guard = GUARD + name;
      return new HttpHandler(
          name,
          atLeast,
          address,
          format,
          gateway,
          guards.named(guard, settings.of(guard).counting(failure -> true), vertx),
          within,
          clock);
    }
  }

  /** Begins to look. */
  public Future<String> start() {
    return vertx.deployVerticle(alerts);
  }

  /** From now on every bug that ends somewhere is an alert. */
  public void hear(ErrorReports errors) {
    errors.hear(EnumSet.allOf(ErrorCategory.class), ErrorSeverity.LOW, this::reported);
  }

  private void reported(ErrorReport report) {
    if (report.code().kind() == ErrorCode.Kind.BUG) {
      alerts.tell(
          Observation.event(
              "UnhandledException",
              report.agent() + " " + report.operation(),
              "%s failed with %s; the last is logged as %s"
                  .formatted(report.operation(), report.code().code(), report.id())));
    }
  }

  /** Something that people are told of a child. */
  public void notice(Notice notice) {
    Severity severity =
        switch (notice.severity()) {
          case INFO -> Severity.INFO;
          case WARNING -> Severity.WARNING;
          case CRITICAL -> Severity.CRITICAL;
        };
    alerts.tell(
        Observation.event("RecoveryNotice", notice.child() + " " + notice.topic(), notice.text())
            .as(severity));
  }

  /** As agents' listeners show them. */
  public AlertSource ofAgents() {
    return new AlertsOfAgents(alerts);
  }

  /** The alerts themselves. */
  public Alerts alerts() {
    return alerts;
  }
}
