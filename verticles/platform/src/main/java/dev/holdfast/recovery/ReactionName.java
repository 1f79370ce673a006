package dev.holdfast.recovery;

import java.util.Locale;

/** Answers to signs of trouble that are no falls. */
public enum ReactionName {
  /** Calls to something outside are refused for a while. */
  CIRCUIT_BREAK,
  /** An agent gets more of what is shared. */
  SCALE_UP,
  /** It gives some of it back. */
  SCALE_DOWN;

  /** As it is written for people, such as {@code scale up}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
