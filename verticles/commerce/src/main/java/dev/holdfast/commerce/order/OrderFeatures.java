package dev.holdfast.commerce.order;

import static dev.holdfast.degradation.Feature.Kind.READS;
import static dev.holdfast.degradation.Feature.Kind.WRITES;
import static dev.holdfast.degradation.Feature.Kind.WRITES_OR_INTENT;
import static dev.holdfast.degradation.Mode.DEGRADED;
import static dev.holdfast.degradation.Mode.EMERGENCY;
import static dev.holdfast.degradation.Mode.MINIMAL;

import dev.holdfast.degradation.Feature;
import java.util.List;

/** What the order agent offers, each feature with the lowest mode it runs in. */
public final class OrderFeatures {
  private static final String AGENT = "order";

  private OrderFeatures() {}

  /** Every feature of the agent. */
  public static List<Feature> all() {
    return List.of(
        Feature.of(
            AGENT, "place_order", "Placing orders", WRITES_OR_INTENT, EMERGENCY, "placeOrder"),
        Feature.of(AGENT, "order_status", "Seeing an order", READS, EMERGENCY, "getOrder"),
        Feature.of(AGENT, "cancel_order", "Cancelling orders", WRITES, MINIMAL, "cancelOrder"),
        Feature.of(AGENT, "browse_orders", "Listing orders", READS, DEGRADED, "listOrders"),
        Feature.of(
            AGENT,
            "unreadable_documents",
            "Recording unreadable documents",
            WRITES,
            MINIMAL,
            "recordUnreadable"));
  }
}
