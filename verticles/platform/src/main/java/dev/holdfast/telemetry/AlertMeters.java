package dev.holdfast.telemetry;

/** Alerts, and what receivers are told of them. */
public final class AlertMeters {
  private final Meters meters;

  AlertMeters(Meters meters) {
    this.meters = meters;
  }

  /** Alerts of a severity that are active. */
  public Reading active(String severity) {
    return meters.reading(Catalogue.ALERTS_ACTIVE, severity);
  }

  /** Alerts of a condition began; 0 shows the series. */
  public void raised(String condition, int alerts) {
    meters.counter(Catalogue.ALERTS_RAISED, condition).increment(alerts);
  }

  /** States of alerts that wait for the database. */
  public Reading unwritten() {
    return meters.reading(Catalogue.ALERTS_UNWRITTEN);
  }

  /** Notifications that wait for a receiver. */
  public Reading waiting(String handler) {
    return meters.reading(Catalogue.ALERT_DELIVERIES_WAITING, handler);
  }

  /** Attempts to tell a receiver, by how the delivery stood afterwards; 0 shows the series. */
  public void delivery(String handler, String state, int attempts) {
    meters.counter(Catalogue.ALERT_DELIVERIES, handler, state).increment(attempts);
  }
}
