package dev.holdfast.commerce.customer;

import static dev.holdfast.degradation.Feature.Kind.READS;
import static dev.holdfast.degradation.Feature.Kind.WRITES;
import static dev.holdfast.degradation.Mode.DEGRADED;
import static dev.holdfast.degradation.Mode.MINIMAL;

import dev.holdfast.degradation.Feature;
import java.util.List;

/** What the customer agent offers, each feature with the lowest mode it runs in. */
public final class CustomerFeatures {
  private static final String AGENT = "customer";

  private CustomerFeatures() {}

  /** Every feature of the agent. */
  public static List<Feature> all() {
    return List.of(
        Feature.of(
            AGENT,
            "register_customer",
            "Registering customers",
            WRITES,
            MINIMAL,
            "registerCustomer"),
        Feature.of(
            AGENT,
            "customer_care",
            "Changing customers",
            WRITES,
            DEGRADED,
            "setCustomerStatus",
            "eraseCustomer"),
        Feature.of(AGENT, "customer_status", "Seeing a customer", READS, MINIMAL, "getCustomer"),
        Feature.of(
            AGENT, "browse_customers", "Listing customers", READS, DEGRADED, "listCustomers"));
  }
}
