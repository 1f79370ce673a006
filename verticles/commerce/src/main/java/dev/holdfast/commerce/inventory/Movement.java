package dev.holdfast.commerce.inventory;

import java.time.Instant;
import java.util.UUID;

/**
 * A line of the stock ledger.
 *
 * @param units signed change of the units on hand
 * @param shortUnits units that were to be written off but were not free
 * @param reference the reservation or booking that moved them
 */
record Movement(
    int merchant,
    String sku,
    int warehouse,
    Kind kind,
    long units,
    long shortUnits,
    UUID reference,
    Instant at) {

  /** Why stock moved. */
  enum Kind {
    OPENED,
    SHIPPED,
    RESTOCKED,
    ADJUSTED
  }
}
