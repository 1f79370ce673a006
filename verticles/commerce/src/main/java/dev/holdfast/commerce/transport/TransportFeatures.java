package dev.holdfast.commerce.transport;

import static dev.holdfast.degradation.Feature.Kind.BACKGROUND;
import static dev.holdfast.degradation.Feature.Kind.READS;
import static dev.holdfast.degradation.Mode.DEGRADED;
import static dev.holdfast.degradation.Mode.MINIMAL;
import static dev.holdfast.degradation.Mode.NORMAL;

import dev.holdfast.degradation.Feature;
import java.util.List;

/** What the transport agent offers, each feature with the lowest mode it runs in. */
public final class TransportFeatures {
  /** The rounds in which the carriers are asked about what is open. */
  public static final String RECONCILIATION = "shipment_reconciliation";

  private static final String AGENT = "transport";

  private TransportFeatures() {}

  /** Every feature of the agent. */
  public static List<Feature> all() {
    return List.of(
        Feature.of(AGENT, "shipment_status", "Seeing a shipment", READS, MINIMAL, "getShipment"),
        Feature.of(AGENT, "shipping_quotes", "Quoting shipments", READS, NORMAL, "quoteShipment"),
        Feature.of(AGENT, RECONCILIATION, "Asking the carriers", BACKGROUND, DEGRADED));
  }
}
