package dev.holdfast.commerce.inventory;

import static dev.holdfast.degradation.Feature.Kind.READS;
import static dev.holdfast.degradation.Feature.Kind.WRITES;
import static dev.holdfast.degradation.Mode.DEGRADED;
import static dev.holdfast.degradation.Mode.MINIMAL;

import dev.holdfast.degradation.Feature;
import java.util.List;

/** What the inventory agent offers, each feature with the lowest mode it runs in. */
public final class InventoryFeatures {
  private static final String AGENT = "inventory";

  private InventoryFeatures() {}

  /** Every feature of the agent. */
  public static List<Feature> all() {
    return List.of(
        Feature.of(
            AGENT, "stock_booking", "Booking stock", WRITES, MINIMAL, "openStock", "adjustStock"),
        Feature.of(AGENT, "stock_status", "Seeing a stock", READS, MINIMAL, "getStock"),
        Feature.of(AGENT, "browse_stock", "Listing stock", READS, DEGRADED, "listStock"));
  }
}
