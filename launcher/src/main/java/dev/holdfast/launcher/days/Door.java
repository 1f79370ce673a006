package dev.holdfast.launcher.days;

/**
 * How a running platform's public API is entered.
 *
 * @param api the base address, such as {@code http://127.0.0.1:8080}
 * @param token a merchant's
 */
public record Door(String api, String token) {
  @Override
  public String toString() {
    return "Door[api=" + api + "]";
  }
}
