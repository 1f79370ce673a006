package dev.holdfast.launcher.days;

/** The platform did not answer for longer than a request is repeated. */
public final class ShopUnreachable extends RuntimeException {
  public ShopUnreachable(String message) {
    super(message);
  }
}
