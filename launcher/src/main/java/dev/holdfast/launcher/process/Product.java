package dev.holdfast.launcher.process;

/** What runs here. */
public final class Product {
  /** Its version, that of the build. */
  public static final String VERSION = "0.1.0";

  private Product() {}
}
