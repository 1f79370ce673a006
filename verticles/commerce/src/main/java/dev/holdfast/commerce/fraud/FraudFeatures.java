package dev.holdfast.commerce.fraud;

import static dev.holdfast.degradation.Feature.Kind.READS;
import static dev.holdfast.degradation.Feature.Kind.WRITES;
import static dev.holdfast.degradation.Mode.DEGRADED;
import static dev.holdfast.degradation.Mode.MINIMAL;

import dev.holdfast.degradation.Feature;
import java.util.List;

/** What the fraud agent offers, each feature with the lowest mode it runs in. */
public final class FraudFeatures {
  private static final String AGENT = "fraud";

  private FraudFeatures() {}

  /** Every feature of the agent. */
  public static List<Feature> all() {
    return List.of(
        Feature.of(AGENT, "review_order", "Reviewing orders", WRITES, MINIMAL, "reviewOrder"),
        Feature.of(AGENT, "block_list", "Changing the block list", WRITES, MINIMAL, "blockFraud"),
        Feature.of(AGENT, "assessments", "Seeing an assessment", READS, DEGRADED, "getAssessment"),
        Feature.of(AGENT, "browse_reviews", "Listing reviews", READS, DEGRADED, "listReviews"));
  }
}
