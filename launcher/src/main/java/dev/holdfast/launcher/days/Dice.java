package dev.holdfast.launcher.days;

/** Numbers that look random and follow from a seed, on every machine alike (SplitMix64). */
public final class Dice {
  private static final long STEP = 0x9e37_79b9_7f4a_7c15L;

  private long state;

  /** The same seed gives the same numbers. */
  public Dice(long seed) {
    state = seed;
  }

  /** From 0 to below the bound, which is positive. */
  public int below(int bound) {
    state += STEP;
    long mixed = (state ^ (state >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
  }

  /** From one to the other, both included. */
  public int between(int least, int most) {
    return least + below(most - least + 1);
  }
}
