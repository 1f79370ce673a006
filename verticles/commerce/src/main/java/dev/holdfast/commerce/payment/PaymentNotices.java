package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.partners.PaymentGateway.Notice;
import dev.holdfast.commerce.payment.PaymentProtocol.ProviderNotice;
import dev.holdfast.kernel.CommandId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** The provider's notices as commands to the payment agent. */
public final class PaymentNotices {
  private PaymentNotices() {}

  /**
   * A command with the id under which it takes effect once, however often the notice is told.
   *
   * @param id follows from the notice
   */
  public record Told(CommandId id, ProviderNotice command) {}

  /** The command that a notice makes; empty when it is about no key of ours. */
  public static Optional<Told> of(Notice notice) {
    return OperationKey.parse(notice.key()).map(key -> told(key, notice));
  }

  private static Told told(OperationKey key, Notice notice) {
    LocalDate day = LocalDate.ofInstant(notice.at(), ZoneOffset.UTC);
    return new Told(
        CommandId.ofWebhook("payment", notice.id(), day),
        new ProviderNotice(
            key.merchant(),
            key.order(),
            notice.key(),
            notice.kind().name().toLowerCase(Locale.ROOT),
            notice.approved(),
            notice.reference(),
            notice.at()));
  }
}
