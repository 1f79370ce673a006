package dev.holdfast.launcher;

import dev.holdfast.kernel.CommitPoints;
import dev.holdfast.launcher.settings.Profile;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Halts the process at the n-th commit point, as a power cut would: the test profile's way to die
 * at each of them once. {@code -Dholdfast.halt=before:7} dies before the seventh commit.
 */
final class HaltPoints implements CommitPoints {
  private static final String PROPERTY = "holdfast.halt";

  /** The exit code of a process that died here. */
  static final int HALTED = 86;

  private final boolean before;
  private final AtomicInteger left;

  private HaltPoints(boolean before, int number) {
    this.before = before;
    this.left = new AtomicInteger(number);
  }

  /** Those that the property names; none outside the test profile. */
  static CommitPoints of(Profile profile) {
    String wanted = System.getProperty(PROPERTY);
    if (profile != Profile.TEST || wanted == null) {
      return CommitPoints.NONE;
    }
    String[] parts = wanted.split(":", 2);
    return new HaltPoints(parts[0].equals("before"), Integer.parseInt(parts[1]));
  }

  @Override
  public void before(String place) {
    if (before) {
      count();
    }
  }

  @Override
  public void after(String place) {
    if (!before) {
      count();
    }
  }

  private void count() {
    if (left.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
