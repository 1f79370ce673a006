package dev.holdfast.alert;

import java.time.Duration;

/**
 * When alerts are told as one.
 *
 * @param alerts so many may begin within the window, each told by itself; 1 or more
 * @param window how far is looked back
 */
public record StormPolicy(int alerts, Duration window) {
  public StormPolicy {
    if (alerts < 1 || window.toMillis() < 1) {
      throw new IllegalArgumentException("a storm needs an alert and a window");
    }
  }
}
