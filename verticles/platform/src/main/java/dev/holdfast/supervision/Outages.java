package dev.holdfast.supervision;

import dev.holdfast.kernel.Unavailable;

/** Tells an outage, which is nobody's crash. */
final class Outages {
  private Outages() {}

  static boolean caused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Unavailable) {
        return true;
      }
    }
    return false;
  }
}
