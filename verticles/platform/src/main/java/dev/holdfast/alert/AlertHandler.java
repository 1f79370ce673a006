package dev.holdfast.alert;

import io.vertx.core.Future;

/** Whom alerts are told. Called on the context of {@link Alerts}. */
public interface AlertHandler {
  /** Its name, in logs, meters and rows. */
  String name();

  /** How urgent an alert must be to be told. */
  Severity atLeast();

  /** Whether it is told of this. */
  default boolean wants(Notification what) {
    return what.severity().isAtLeast(atLeast());
  }

  /**
   * Tells it.
   *
   * @param delivery what, and under which id
   * @return what was answered; it never fails, and never takes much longer than a receiver may
   */
  Future<Answer> tell(Delivery delivery);
}
