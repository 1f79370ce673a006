package dev.holdfast.launcher.days;

/** Nobody watches. */
public final class Untold implements Progress {
  @Override
  public void begin(String what, int total) {}

  @Override
  public void step() {}

  @Override
  public void tell(String line) {}
}
