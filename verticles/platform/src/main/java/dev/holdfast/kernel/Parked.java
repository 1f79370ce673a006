package dev.holdfast.kernel;

/**
 * The command lies among the dead letters, because it or one before it under the same parking key
 * broke its agent's code. It waits for replay or discard.
 */
public final class Parked extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Parked(String message) {
    super(message, null, false, false);
  }
}
