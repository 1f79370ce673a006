package dev.holdfast.launcher.settings;

import dev.holdfast.commerce.partners.Fault;
import dev.holdfast.commerce.partners.SimulatorSettings;

/**
 * How many of a thousand operations of a simulated partner meet a fault; together at most 1,000.
 *
 * @param decline an authorisation is declined
 * @param labelRefused a carrier refuses a label
 * @param labelUnavailable a carrier does not answer for a label, and makes none
 * @param timeoutAfterSuccess it took effect, and the answer comes after the deadline
 * @param errorAfterSuccess it took effect, and the answer is a server error
 * @param slow the answer takes its time
 * @param arrivesLate no answer, and it takes effect seconds later
 * @param duplicateNotice a notice is told twice
 * @param lateNotice a notice is told seconds later
 */
public record FaultSettings(
    int decline,
    int labelRefused,
    int labelUnavailable,
    int timeoutAfterSuccess,
    int errorAfterSuccess,
    int slow,
    int arrivesLate,
    int duplicateNotice,
    int lateNotice) {
  private static final int WHOLE = 1_000;

  public FaultSettings {
    Ranges.between("decline", 0, WHOLE, decline);
    Ranges.between("labelRefused", 0, WHOLE, labelRefused);
    Ranges.between("labelUnavailable", 0, WHOLE, labelUnavailable);
    Ranges.between("timeoutAfterSuccess", 0, WHOLE, timeoutAfterSuccess);
    Ranges.between("errorAfterSuccess", 0, WHOLE, errorAfterSuccess);
    Ranges.between("slow", 0, WHOLE, slow);
    Ranges.between("arrivesLate", 0, WHOLE, arrivesLate);
    Ranges.between("duplicateNotice", 0, WHOLE, duplicateNotice);
    Ranges.between("lateNotice", 0, WHOLE, lateNotice);
  }

  /** None. */
  public static FaultSettings none() {
    return new FaultSettings(0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * What a partner in trouble does though it did what was asked: it answers late, with an error, or
   * not at all.
   *
   * @param perMille of each, 0 to 250
   */
  public static FaultSettings afterSuccess(int perMille) {
    return new FaultSettings(0, 0, 0, perMille, perMille, perMille, perMille, 0, 0);
  }

  SimulatorSettings on(SimulatorSettings calm) {
    return calm.with(Fault.DECLINE, share(decline))
        .with(Fault.LABEL_REFUSED, share(labelRefused))
        .with(Fault.LABEL_UNAVAILABLE, share(labelUnavailable))
        .with(Fault.TIMEOUT_AFTER_SUCCESS, share(timeoutAfterSuccess))
        .with(Fault.ERROR_AFTER_SUCCESS, share(errorAfterSuccess))
        .with(Fault.SLOW, share(slow))
        .with(Fault.ARRIVES_LATE, share(arrivesLate))
        .with(Fault.DUPLICATE_NOTICE, share(duplicateNotice))
        .with(Fault.LATE_NOTICE, share(lateNotice));
  }

  private static double share(int perMille) {
    return perMille / (double) WHOLE;
  }
}
