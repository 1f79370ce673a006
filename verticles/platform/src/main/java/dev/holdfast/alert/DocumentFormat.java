package dev.holdfast.alert;

import java.time.Instant;

/** How a kind of receiver wants to be told. */
@FunctionalInterface
public interface DocumentFormat {
  /**
   * The document of a delivery.
   *
   * @param now when it is sent
   */
  Document document(Delivery delivery, Instant now);
}
