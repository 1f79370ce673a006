package dev.holdfast.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which tokens are accepted.
 *
 * @param issuer the {@code iss} that a token must carry
 * @param audience the {@code aud} that a token must carry, alone or among others
 * @param lifetimeMax the longest time from {@code iat} to {@code exp} that is accepted
 * @param keys one or more, with ids of their own; the first that can sign is used for issuing
 */
public record TokenSettings(
    String issuer, String audience, Duration lifetimeMax, List<TokenKey> keys) {

  /**
   * @throws IllegalArgumentException without keys: a platform that can't check tokens must not
   *     start
   */
  public TokenSettings {
    Objects.requireNonNull(lifetimeMax, "lifetimeMax");
    if (issuer == null || issuer.isBlank() || audience == null || audience.isBlank()) {
      throw new IllegalArgumentException("tokens need an issuer and an audience");
    }
    if (lifetimeMax.isNegative() || lifetimeMax.isZero()) {
      throw new IllegalArgumentException("tokens need a lifetime above zero");
    }
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("tokens can't be checked without a key");
    }
    Set<String> ids = new HashSet<>();
    for (TokenKey key : keys) {
      if (!ids.add(key.id())) {
        throw new IllegalArgumentException("two token keys have the id " + key.id());
      }
    }
  }
}
