package dev.holdfast.supervision;

/** When a child is started anew after its end. */
public enum Restart {
  /** Always. */
  PERMANENT
}
