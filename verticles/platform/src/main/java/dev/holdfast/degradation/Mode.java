package dev.holdfast.degradation;

import java.util.Locale;

/** What is still offered, from everything to the least that makes sense; a later one is less. */
public enum Mode {
  /** Every feature. */
  NORMAL(0),
  /** All but what nobody misses for an hour. */
  DEGRADED(1),
  /** What orders need. */
  MINIMAL(2),
  /** Taking orders and saying where they are. */
  EMERGENCY(3);

  private final int number;

  Mode(int number) {
    this.number = number;
  }

  /** From 0, normal, to 3, emergency. */
  public int number() {
    return number;
  }

  /** Its name on status pages, such as {@code normal}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that offers less. */
  public Mode orLess(Mode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** One step towards offering everything. */
  Mode better() {
    return switch (this) {
      case NORMAL, DEGRADED -> NORMAL;
      case MINIMAL -> DEGRADED;
      case EMERGENCY -> MINIMAL;
    };
  }
}
