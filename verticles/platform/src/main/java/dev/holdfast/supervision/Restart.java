package dev.holdfast.supervision;

/** When a child is started anew after its end. */
public enum Restart {
  /** Always, also when it says that it is done. */
  PERMANENT,
  /** When it fell, but not when it says that it is done. */
  TRANSIENT,
  /** Never. */
  TEMPORARY;

  /** Whether a child is started anew that ended so. */
  boolean follows(Signal end) {
    return switch (this) {
      case PERMANENT -> true;
      case TRANSIENT -> end != Signal.FINISHED;
      case TEMPORARY -> end == Signal.OPERATOR || end == Signal.SIBLING;
    };
  }
}
