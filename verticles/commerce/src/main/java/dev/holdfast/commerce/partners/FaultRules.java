package dev.holdfast.commerce.partners;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which operation meets which fault: a function of seed, key and operation alone. */
final class FaultRules {
  private static final Map<String, Fault> TOKENS =
      Map.of(
          "tok_declined", Fault.DECLINE,
          "tok_timeout", Fault.TIMEOUT_AFTER_SUCCESS,
          "tok_error", Fault.ERROR_AFTER_SUCCESS,
          "tok_slow", Fault.SLOW,
          "tok_late", Fault.ARRIVES_LATE);

  private static final List<Fault> CARRYING =
      List.of(
          Fault.TIMEOUT_AFTER_SUCCESS, Fault.ERROR_AFTER_SUCCESS, Fault.SLOW, Fault.ARRIVES_LATE);
  private static final List<Fault> AUTHORISING =
      List.of(
          Fault.TIMEOUT_AFTER_SUCCESS,
          Fault.ERROR_AFTER_SUCCESS,
          Fault.SLOW,
          Fault.ARRIVES_LATE,
          Fault.DECLINE);
  private static final List<Fault> LABELLING =
      List.of(
          Fault.TIMEOUT_AFTER_SUCCESS,
          Fault.ERROR_AFTER_SUCCESS,
          Fault.SLOW,
          Fault.ARRIVES_LATE,
          Fault.LABEL_REFUSED,
          Fault.LABEL_UNAVAILABLE);
  private static final List<Fault> CARRIER_CALLS =
      List.of(Fault.TIMEOUT_AFTER_SUCCESS, Fault.ERROR_AFTER_SUCCESS, Fault.SLOW);
  private static final List<Fault> TELLING = List.of(Fault.DUPLICATE_NOTICE, Fault.LATE_NOTICE);

  private FaultRules() {}

  /** The fault of an authorisation. */
  static Optional<Fault> ofAuthorisation(SimulatorSettings settings, String key, String token) {
    Fault chosen = TOKENS.get(token);
    return chosen != null
        ? Optional.of(chosen)
        : draw(settings, key, PaymentGateway.Kind.AUTHORISE.name(), AUTHORISING);
  }

  /** The fault of a capture, void or refund. */
  static Optional<Fault> ofMovement(
      SimulatorSettings settings, String key, PaymentGateway.Kind kind) {
    return draw(settings, key, kind.name(), CARRYING);
  }

  /** The fault of a label that is to be made. */
  static Optional<Fault> ofLabel(SimulatorSettings settings, String key) {
    return draw(settings, key, "label", LABELLING);
  }

  /** The fault of taking a label back or handing a parcel over. */
  static Optional<Fault> ofCarrierCall(SimulatorSettings settings, String key, String operation) {
    return draw(settings, key, operation, CARRIER_CALLS);
  }

  /** The fault of a notice. */
  static Optional<Fault> ofNotice(SimulatorSettings settings, String noticeId) {
    return draw(settings, noticeId, "notice", TELLING);
  }

  /** Whether an operation is told of though nothing goes wrong. */
  static boolean isTold(SimulatorSettings settings, String key) {
    return settings.notices() > 0 && evenly(settings.seed(), key, "told") < settings.notices();
  }

  private static Optional<Fault> draw(
      SimulatorSettings settings, String key, String operation, List<Fault> possible) {
    if (settings.rates().isEmpty()) {
      return Optional.empty();
    }
    double left = evenly(settings.seed(), key, operation);
    for (Fault fault : possible) {
      left -= settings.rate(fault);
      if (left < 0) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** A number from 0 to below 1 that looks random, from a 64-bit FNV-1a hash with a final mix. */
  private static double evenly(long seed, String key, String operation) {
    long hash = 0xcbf2_9ce4_8422_2325L ^ seed;
    for (String part : List.of(key, "/", operation)) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * 0x0000_0100_0000_01b3L;
      }
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return ((hash ^ (hash >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
