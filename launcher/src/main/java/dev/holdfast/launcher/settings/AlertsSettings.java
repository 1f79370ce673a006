package dev.holdfast.launcher.settings;

import dev.holdfast.alert.AlertPolicy;
import dev.holdfast.alert.Condition;
import dev.holdfast.alert.DeliveryPolicy;
import dev.holdfast.alert.Severity;
import dev.holdfast.alert.StormPolicy;
import dev.holdfast.kernel.Backoff;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What people are told of, and how.
 *
 * @param everyMs time between looks
 * @param runbooks where the pages of {@code docs/operations} are served, with the last slash; empty
 *     when they are not
 * @param storm when alerts are told as one
 * @param delivery how receivers are told
 * @param log the log as a receiver
 * @param slack Slack as a receiver
 * @param pagerduty PagerDuty as a receiver
 * @param webhook a receiver of one's own
 * @param conditions when an alert begins and ends, by name
 */
public record AlertsSettings(
    int everyMs,
    String runbooks,
    StormSettings storm,
    DeliverySettings delivery,
    AlertReceivers.Log log,
    AlertReceivers.Slack slack,
    AlertReceivers.PagerDuty pagerduty,
    AlertReceivers.Webhook webhook,
    Map<String, ConditionSettings> conditions) {
  private static final int SECOND_MS = 1_000;
  private static final int MINUTE_MS = 60 * SECOND_MS;
  private static final int DAY_MS = 24 * 60 * MINUTE_MS;
  private static final int WEEK_MS = 7 * DAY_MS;

  public AlertsSettings {
    Ranges.between("everyMs", 10, MINUTE_MS, everyMs);
    AlertReceivers.requireAddress("runbooks", runbooks);
    conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
  }

  /**
   * When alerts are told as one.
   *
   * @param alerts so many may begin within the window, each told by itself
   * @param windowMs the window's length
   */
  public record StormSettings(int alerts, int windowMs) {
    public StormSettings {
      Ranges.between("alerts", 1, 1_000, alerts);
      Ranges.between("windowMs", 100, 60 * MINUTE_MS, windowMs);
    }
  }

  /**
   * How receivers are told.
   *
   * @param answerMs how long a receiver has to answer
   * @param retryBaseMs the bound of the first wait before it is told again; it doubles
   * @param retryCapMs what no wait passes, unless the receiver asks for it
   * @param giveUpMs how long one is tried
   * @param atOnce how many are under way to one receiver
   * @param waitingMax how many wait for one receiver in memory
   */
  public record DeliverySettings(
      int answerMs, int retryBaseMs, int retryCapMs, int giveUpMs, int atOnce, int waitingMax) {
    public DeliverySettings {
      Ranges.between("answerMs", 1, MINUTE_MS, answerMs);
      Ranges.between("retryBaseMs", 1, MINUTE_MS, retryBaseMs);
      Ranges.between("retryCapMs", retryBaseMs, 60 * MINUTE_MS, retryCapMs);
      Ranges.between("giveUpMs", SECOND_MS, WEEK_MS, giveUpMs);
      Ranges.between("atOnce", 1, 64, atOnce);
      Ranges.between("waitingMax", 1, 10_000, waitingMax);
    }
  }

  /**
   * When an alert begins and ends.
   *
   * @param enabled whether it is looked for
   * @param severity how urgent its alerts are
   * @param threshold it holds while more than this is seen
   * @param holdMs how long it must hold before there is an alert
   * @param clearMs how long it must not hold before the alert is over
   */
  public record ConditionSettings(
      boolean enabled, Severity severity, int threshold, int holdMs, int clearMs) {
    public ConditionSettings {
      Ranges.between("holdMs", 0, DAY_MS, holdMs);
      Ranges.between("clearMs", 0, DAY_MS, clearMs);
    }

    private static ConditionSettings of(Severity severity, int threshold, int hold, int clear) {
      return new ConditionSettings(true, severity, threshold, hold, clear);
    }

    /** The same with other times. */
    public ConditionSettings within(int newHoldMs, int newClearMs) {
      return new ConditionSettings(enabled, severity, threshold, newHoldMs, newClearMs);
    }
  }

  static AlertsSettings shipped() {
    Map<String, ConditionSettings> conditions = new LinkedHashMap<>();
    int half = MINUTE_MS / 2;
    conditions.put("WorkerUnhealthy", of(Severity.CRITICAL, 0, MINUTE_MS, half));
    conditions.put("MultipleWorkersDown", of(Severity.CRITICAL, 1, 2 * MINUTE_MS, half));
    conditions.put("WorkerHighQueueDepth", of(Severity.WARNING, 50, 5 * MINUTE_MS, MINUTE_MS));
    conditions.put("HighErrorRate", of(Severity.WARNING, 5, 5 * MINUTE_MS, MINUTE_MS));
    conditions.put("CircuitBreakerOpen", of(Severity.ERROR, 0, 2 * MINUTE_MS, MINUTE_MS));
    conditions.put("DatabaseConnectionFailure", of(Severity.CRITICAL, 0, MINUTE_MS, half));
    conditions.put("KafkaDown", of(Severity.ERROR, 0, 2 * MINUTE_MS, half));
    conditions.put("PlatformDegraded", of(Severity.WARNING, 0, 5 * MINUTE_MS, half));
    conditions.put("PlatformReadOnly", of(Severity.CRITICAL, 2, MINUTE_MS, half));
    conditions.put("OutboxStuck", of(Severity.ERROR, 60, 2 * MINUTE_MS, half));
    conditions.put("JournalFilling", of(Severity.WARNING, 50, MINUTE_MS, MINUTE_MS));
    conditions.put("DeadLetterQueueGrowing", of(Severity.WARNING, 50, 5 * MINUTE_MS, MINUTE_MS));
    conditions.put("DeadLetterQueueCritical", of(Severity.CRITICAL, 200, 5 * MINUTE_MS, MINUTE_MS));
    conditions.put("RunsNeedHuman", of(Severity.WARNING, 0, 0, half));
    conditions.put("LeaseLost", of(Severity.CRITICAL, 0, 5 * SECOND_MS, half));
    conditions.put("HighMemoryUsage", of(Severity.WARNING, 90, 5 * MINUTE_MS, MINUTE_MS));
    conditions.put("UnhandledException", of(Severity.ERROR, 0, 0, 5 * MINUTE_MS));
    conditions.put("RecoveryNotice", of(Severity.WARNING, 0, 0, 5 * MINUTE_MS));
    return new AlertsSettings(
        SECOND_MS,
        "",
        new StormSettings(10, MINUTE_MS),
        new DeliverySettings(5 * SECOND_MS, SECOND_MS, 5 * MINUTE_MS, DAY_MS, 4, 1_000),
        AlertReceivers.Log.shipped(),
        AlertReceivers.Slack.shipped(),
        AlertReceivers.PagerDuty.shipped(),
        AlertReceivers.Webhook.shipped(),
        conditions);
  }

  private static ConditionSettings of(Severity severity, int threshold, int hold, int clear) {
    return ConditionSettings.of(severity, threshold, hold, clear);
  }

  /** The same with another part, such as {@link AlertReceivers.Webhook}. */
  public AlertsSettings with(Object part) {
    return RecordShape.with(this, part);
  }

  /** The same with other times of one condition. */
  public AlertsSettings within(String condition, int holdMs, int clearMs) {
    Map<String, ConditionSettings> changed = new LinkedHashMap<>(conditions);
    changed.computeIfPresent(condition, (name, old) -> old.within(holdMs, clearMs));
    return new AlertsSettings(
        everyMs, runbooks, storm, delivery, log, slack, pagerduty, webhook, changed);
  }

  /** What is looked for and how it is told. */
  public AlertPolicy policy() {
    Map<String, Condition> all = new LinkedHashMap<>();
    conditions.forEach(
        (name, one) ->
            all.put(
                name,
                new Condition(
                    name,
                    one.enabled(),
                    one.severity(),
                    one.threshold(),
                    Duration.ofMillis(one.holdMs()),
                    Duration.ofMillis(one.clearMs()))));
    return new AlertPolicy(
        Duration.ofMillis(everyMs),
        all,
        new StormPolicy(storm.alerts(), Duration.ofMillis(storm.windowMs())),
        new DeliveryPolicy(
            Duration.ofMillis(delivery.answerMs()),
            new Backoff(
                Duration.ofMillis(delivery.retryBaseMs()),
                Duration.ofMillis(delivery.retryCapMs())),
            Duration.ofMillis(delivery.giveUpMs()),
            delivery.atOnce(),
            delivery.waitingMax()));
  }
}
