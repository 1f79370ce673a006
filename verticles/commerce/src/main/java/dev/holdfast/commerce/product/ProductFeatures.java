package dev.holdfast.commerce.product;

import static dev.holdfast.degradation.Feature.Kind.READS;
import static dev.holdfast.degradation.Feature.Kind.WRITES;
import static dev.holdfast.degradation.Mode.DEGRADED;
import static dev.holdfast.degradation.Mode.EMERGENCY;

import dev.holdfast.degradation.Feature;
import java.util.List;

/** What the product agent offers, each feature with the lowest mode it runs in. */
public final class ProductFeatures {
  private static final String AGENT = "product";

  private ProductFeatures() {}

  /** Every feature of the agent. */
  public static List<Feature> all() {
    return List.of(
        Feature.of(AGENT, "product_status", "Seeing a product", READS, EMERGENCY, "getProduct"),
        Feature.of(AGENT, "browse_products", "Listing products", READS, DEGRADED, "listProducts"),
        Feature.of(
            AGENT,
            "catalogue_changes",
            "Changing the catalogue",
            WRITES,
            DEGRADED,
            "importProducts",
            "changePrice"));
  }
}
