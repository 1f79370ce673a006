package dev.holdfast.launcher.platform;

import dev.holdfast.kernel.CommitPoints;
import dev.holdfast.launcher.settings.Profile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Halts the process at the n-th of its points, as a power cut would: the test profile's way to die
 * at each of them once. {@code -Dholdfast.halt=before:7} dies before the seventh commit, {@code
 * after:7} after it, {@code turned:2} between the second turn of a run and its first command. The
 * property may be set while the process runs; it counts from then on.
 */
final class HaltPoints implements CommitPoints {
  private static final String PROPERTY = "holdfast.halt";

  /** The exit code of a process that died here. */
  static final int HALTED = 86;

  private final Map<String, AtomicInteger> left = new ConcurrentHashMap<>();

  private HaltPoints() {}

  /** Those that the property names; none outside the test profile. */
  static CommitPoints of(Profile profile) {
    return profile == Profile.TEST ? new HaltPoints() : CommitPoints.NONE;
  }

  @Override
  public void before(String place) {
    count("before:", place);
  }

  @Override
  public void after(String place) {
    count("after:", place);
  }

  @Override
  public void turned(String place) {
    count("turned:", place);
  }

  private void count(String side, String place) {
    String wanted = System.getProperty(PROPERTY, "");
    if (wanted.startsWith(side) && left(wanted, side.length()).decrementAndGet() == 0) {
      System.err.println("halted " + side + " " + place);
      Runtime.getRuntime().halt(HALTED);
    }
  }

  private AtomicInteger left(String wanted, int number) {
    return left.computeIfAbsent(
        wanted, text -> new AtomicInteger(Integer.parseInt(text.substring(number))));
  }
}
