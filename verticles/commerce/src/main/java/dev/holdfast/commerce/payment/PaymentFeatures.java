package dev.holdfast.commerce.payment;

import static dev.holdfast.degradation.Feature.Kind.BACKGROUND;
import static dev.holdfast.degradation.Feature.Kind.READS;
import static dev.holdfast.degradation.Feature.Kind.WRITES;
import static dev.holdfast.degradation.Mode.DEGRADED;
import static dev.holdfast.degradation.Mode.MINIMAL;

import dev.holdfast.degradation.Feature;
import java.util.List;

/** What the payment agent offers, each feature with the lowest mode it runs in. */
public final class PaymentFeatures {
  /** The rounds in which the payment provider is asked about what is open. */
  public static final String RECONCILIATION = "payment_reconciliation";

  private static final String AGENT = "payment";

  private PaymentFeatures() {}

  /** Every feature of the agent. */
  public static List<Feature> all() {
    return List.of(
        Feature.of(AGENT, "payment_status", "Seeing a payment", READS, MINIMAL, "getPayment"),
        Feature.of(
            AGENT, "ledger_changes", "Adjusting the ledger", WRITES, DEGRADED, "adjustLedger"),
        Feature.of(AGENT, RECONCILIATION, "Asking the payment provider", BACKGROUND, DEGRADED));
  }
}
