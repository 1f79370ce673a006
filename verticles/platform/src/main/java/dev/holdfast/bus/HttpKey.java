package dev.holdfast.bus;

import dev.holdfast.kernel.Refusal;

/**
 * The key under which a requester made a command over HTTP.
 *
 * @param merchant the tenant, 1 or more
 * @param operation the operation of the API contract
 * @param key what the requester chose, at most 255 characters
 * @param fingerprint a hash of the body; another one under the same key is refused
 */
public record HttpKey(int merchant, String operation, String key, String fingerprint) {

  /** What stands for one request, whatever its body says and under whichever id it comes. */
  public record Name(int merchant, String operation, String key) {}

  /** The key without its fingerprint. */
  public Name name() {
    return new Name(merchant, operation, key);
  }

  /** Why a request is refused whose key stands for another one. */
  public static Refusal reused() {
    return Refusal.invalid(
        "idempotency_key_reused", "The Idempotency-Key was used before with another body.");
  }
}
