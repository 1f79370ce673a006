package dev.holdfast.commerce.payment;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.payment.PaymentProtocol.AdjustLedger;
import dev.holdfast.commerce.payment.PaymentProtocol.LedgerAdjusted;
import dev.holdfast.commerce.shared.DocumentNumber;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.kernel.Refusal;
import java.util.UUID;

/** Entries of the ledger by hand. */
final class AdjustmentRules {
  private static final int MAX_DESCRIPTION = 1_000;

  private AdjustmentRules() {}

  /** A document to be entered. */
  record Adjustment(UUID booking, AdjustLedger asked) {}

  static Decision adjust(Payments work, AdjustLedger asked, UUID id) {
    Refusal refusal =
        Field.first(
            () -> DocumentNumber.check(asked.source(), asked.externalNumber()),
            () -> Field.present("amount", asked.amount()),
            () -> Field.text("description", asked.description(), MAX_DESCRIPTION),
            () -> Field.time("bookedAt", asked.bookedAt()));
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    work.adjustments.add(new Adjustment(id, asked));
    return Decision.done(new LedgerAdjusted(id, asked.amount()));
  }
}
