package dev.holdfast.kernel;

import java.util.Locale;

/** What is done about an error. */
public enum ErrorRecovery {
  /** The same is asked again under the same id; it may pass. */
  RETRY,
  /** Another way is taken: the next carrier, or what is known without the answer. */
  FALLBACK,
  /** The platform goes on with less until it is over: a level, a queue, an open breaker. */
  DEGRADE,
  /** Asking again does not help: the requester is told, or the message becomes a dead letter. */
  FAIL;

  /** In lower case, as logs and documents show it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
