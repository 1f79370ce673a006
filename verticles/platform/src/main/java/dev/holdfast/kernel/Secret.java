package dev.holdfast.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/**
 * A password, key or token that must not show in logs, messages or health pages: it prints as
 * stars, and only {@link #reveal} gives it away.
 */
public final class Secret {
  private static final int RANDOM_BYTES = 32;

  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  /** A fresh secret of 256 bits from the machine's strong randomness, in base64url. */
  public static Secret random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The secret itself, for the one call that needs it. */
  public String reveal() {
    return value;
  }

  /** How long it is in UTF-8, in bytes. */
  public int bytes() {
    return value.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Takes the same time wherever the two differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for all secrets, so that it tells nothing about any. */
  @Override
  public int hashCode() {
    return 42;
  }

  @Override
  public String toString() {
    return "***";
  }
}
