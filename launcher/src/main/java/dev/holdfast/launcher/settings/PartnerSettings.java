package dev.holdfast.launcher.settings;

import dev.holdfast.commerce.partners.SimulatorSettings;
import java.time.Duration;

/**
 * How the simulated partners behave.
 *
 * @param seed the same seed and keys meet the same faults
 * @param noticesPerMille how many of a thousand payments the provider gives notice of
 * @param slowMs how long a slow answer takes
 * @param lateMs how long a request is held up that arrives late
 * @param noticeLateMs how long a late notice takes
 * @param deliveryMs from handing over to the delivery; 0 for at once
 * @param payment faults of the payment provider
 * @param carriers faults of the carriers
 */
public record PartnerSettings(
    int seed,
    int noticesPerMille,
    int slowMs,
    int lateMs,
    int noticeLateMs,
    int deliveryMs,
    FaultSettings payment,
    FaultSettings carriers) {
  private static final int MINUTE_MS = 60_000;
  private static final int WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

  public PartnerSettings {
    Ranges.between("noticesPerMille", 0, 1_000, noticesPerMille);
    Ranges.between("slowMs", 0, MINUTE_MS, slowMs);
    Ranges.between("lateMs", 0, MINUTE_MS, lateMs);
    Ranges.between("noticeLateMs", 0, MINUTE_MS, noticeLateMs);
    Ranges.between("deliveryMs", 0, WEEK_MS, deliveryMs);
  }

  static PartnerSettings shipped() {
    return new PartnerSettings(
        42, 0, 800, 3_000, 2_000, 0, FaultSettings.none(), FaultSettings.none());
  }

  /** The same with other faults. */
  public PartnerSettings withFaults(FaultSettings ofPayment, FaultSettings ofCarriers) {
    return new PartnerSettings(
        seed, noticesPerMille, slowMs, lateMs, noticeLateMs, deliveryMs, ofPayment, ofCarriers);
  }

  /** The same with another seed. */
  public PartnerSettings withSeed(int other) {
    return new PartnerSettings(
        other, noticesPerMille, slowMs, lateMs, noticeLateMs, deliveryMs, payment, carriers);
  }

  /** The payment simulator's. */
  public SimulatorSettings ofPayment() {
    return payment.on(calm());
  }

  /** The carrier simulator's. */
  public SimulatorSettings ofCarriers() {
    return carriers.on(calm());
  }

  private SimulatorSettings calm() {
    return SimulatorSettings.calm(seed)
        .withNotices(noticesPerMille / 1_000.0)
        .withDelays(
            Duration.ofMillis(slowMs), Duration.ofMillis(lateMs), Duration.ofMillis(noticeLateMs))
        .withDeliveryAfter(Duration.ofMillis(deliveryMs));
  }
}
