package dev.holdfast.telemetry;

import java.util.function.DoubleSupplier;

/**
 * A gauge's value: set now and then, or read from its owner whenever somebody looks. The newest
 * owner counts, so that a restarted agent's gauge does not stay frozen at the old instance's value.
 */
public final class Reading {
  private volatile DoubleSupplier source = () -> 0;

  Reading() {}

  /** From now on the gauge shows this value. */
  public void set(double value) {
    source = () -> value;
  }

  /** From now on the gauge shows what the source says; it is asked on any thread. */
  public void from(DoubleSupplier newSource) {
    source = newSource;
  }

  /** What it shows now; any thread. */
  public double value() {
    return source.getAsDouble();
  }
}
