package dev.holdfast.web;

import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a token's claims must be: {@code iss}, {@code aud}, {@code sub}, {@code iat}, {@code exp}
 * and {@code role} always; {@code merchant} but for admins; {@code customer} for customers alone.
 */
final class TokenClaims {
  /** How far another machine's clock may be ahead of ours. */
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  private static final int TEXT_CHARS_MAX = 200;

  private final TokenSettings settings;

  TokenClaims(TokenSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws RuntimeException of any kind when a claim is missing or wrong
   */
  Caller caller(JsonObject claims, Instant now) {
    check(settings.issuer().equals(claims.getValue("iss")), "iss");
    check(meant(claims.getValue("aud")), "aud");
    long issued = seconds(claims, "iat");
    long expires = seconds(claims, "exp");
    long latest = now.plus(LEEWAY).getEpochSecond();
    check(issued <= latest, "iat");
    check(expires > now.getEpochSecond(), "exp");
    check(expires > issued && expires - issued <= settings.lifetimeMax().toSeconds(), "exp");
    check(!claims.containsKey("nbf") || seconds(claims, "nbf") <= latest, "nbf");
    Role role = Role.of(text(claims, "role")).orElseThrow();
    Optional<String> customer =
        claims.containsKey("customer") ? Optional.of(text(claims, "customer")) : Optional.empty();
    int merchant = claims.containsKey("merchant") ? merchant(claims.getValue("merchant")) : 0;
    Instant end = Instant.ofEpochSecond(expires);
    return new Caller(text(claims, "sub"), role, merchant, customer, end);
  }

  private boolean meant(Object audience) {
    return audience instanceof JsonArray several
        ? several.contains(settings.audience())
        : settings.audience().equals(audience);
  }

  private static int merchant(Object claim) {
    check(claim instanceof Integer number && number > 0, "merchant");
    return (Integer) claim;
  }

  private static long seconds(JsonObject claims, String name) {
    Object claim = claims.getValue(name);
    check(claim instanceof Integer || claim instanceof Long, name);
    long seconds = ((Number) claim).longValue();
    check(seconds > 0, name);
    return seconds;
  }

  private static String text(JsonObject claims, String name) {
    Object claim = claims.getValue(name);
    check(claim instanceof String, name);
    String text = (String) claim;
    check(!text.isBlank() && text.length() <= TEXT_CHARS_MAX, name);
    return text;
  }

  private static void check(boolean right, String claim) {
    if (!right) {
      throw new IllegalArgumentException("claim " + claim);
    }
  }

  /** The claims of a token for this caller. */
  JsonObject of(Caller caller, Instant now) {
    JsonObject claims =
        new JsonObject()
            .put("iss", settings.issuer())
            .put("aud", settings.audience())
            .put("sub", caller.subject())
            .put("role", caller.role().text())
            .put("iat", now.getEpochSecond())
            .put("exp", caller.expires().getEpochSecond());
    if (caller.merchant() > 0) {
      claims.put("merchant", caller.merchant());
    }
    caller.customer().ifPresent(customer -> claims.put("customer", customer));
    return claims;
  }
}
