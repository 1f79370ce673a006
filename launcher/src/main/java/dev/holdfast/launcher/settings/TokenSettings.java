package dev.holdfast.launcher.settings;

import dev.holdfast.kernel.Secret;

/**
 * How access tokens are signed.
 *
 * @param secret the signing key, 32 bytes or more; empty makes one at each start, which production
 *     refuses
 */
public record TokenSettings(Secret secret) {
  private static final int BYTES_MIN = 32;

  public TokenSettings {
    if (secret.bytes() > 0 && secret.bytes() < BYTES_MIN) {
      throw new IllegalArgumentException(
          "secret must be " + BYTES_MIN + " bytes or more, got " + secret.bytes());
    }
  }

  static TokenSettings shipped() {
    return new TokenSettings(Secret.of(""));
  }

  /** Whether somebody chose a key. */
  public boolean isGiven() {
    return secret.bytes() > 0;
  }
}
