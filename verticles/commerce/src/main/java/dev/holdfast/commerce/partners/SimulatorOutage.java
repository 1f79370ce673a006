package dev.holdfast.commerce.partners;

import dev.holdfast.kernel.Unavailable;

/**
 * A simulator's own books can't be had. That says nothing of the partner it stands in for, whose
 * guard therefore does not count it.
 */
public final class SimulatorOutage {
  /** The code of such an {@link Unavailable}. */
  public static final String CODE = "simulator_away";

  private SimulatorOutage() {}

  /** Whether a failed call is an outage of the partner: none of the simulator, no bug. */
  public static boolean isOfPartner(Throwable failure) {
    return failure instanceof Unavailable outage && !outage.code().equals(CODE);
  }

  static Unavailable of(String partner, Throwable cause) {
    return new Unavailable(CODE, "the books of the simulator of " + partner + " are away", cause);
  }
}
