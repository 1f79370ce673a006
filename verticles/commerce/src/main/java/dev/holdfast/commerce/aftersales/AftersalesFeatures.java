package dev.holdfast.commerce.aftersales;

import static dev.holdfast.degradation.Feature.Kind.READS;
import static dev.holdfast.degradation.Feature.Kind.WRITES;
import static dev.holdfast.degradation.Mode.DEGRADED;
import static dev.holdfast.degradation.Mode.MINIMAL;

import dev.holdfast.degradation.Feature;
import java.util.List;

/** What the aftersales agent offers, each feature with the lowest mode it runs in. */
public final class AftersalesFeatures {
  private static final String AGENT = "aftersales";

  private AftersalesFeatures() {}

  /** Every feature of the agent. */
  public static List<Feature> all() {
    return List.of(
        Feature.of(
            AGENT, "request_return", "Requesting returns", WRITES, DEGRADED, "requestReturn"),
        Feature.of(
            AGENT, "inspect_return", "Inspecting returns", WRITES, DEGRADED, "inspectReturn"),
        Feature.of(AGENT, "return_status", "Seeing a return", READS, MINIMAL, "getReturn"),
        Feature.of(AGENT, "browse_returns", "Listing returns", READS, DEGRADED, "listReturns"));
  }
}
