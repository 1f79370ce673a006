package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.telemetry.Meters;
import dev.holdfast.web.Caller.Role;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
  private final RememberedTokens tokens = new RememberedTokens(100, new Meters().cache("tokens"));

  private static Caller until(Instant expires) {
    return new Caller("s", Role.MERCHANT, 1, Optional.empty(), expires);
  }

  @Test
  void the_number_of_remembered_tokens_stays_bounded() {
    for (int i = 0; i < 10_000; i++) {
      tokens.add("token" + i, until(NOW.plusSeconds(60)));
    }
    assertTrue(tokens.size() <= 100, "remembered " + tokens.size());
  }

  @Test
  void a_token_in_use_stays_remembered() {
    tokens.add("mine", until(NOW.plusSeconds(60)));
    for (int i = 0; i < 1_000; i++) {
      tokens.add("token" + i, until(NOW.plusSeconds(60)));
      assertTrue(tokens.find("mine", NOW).isPresent());
    }
  }

  @Test
  void an_expired_token_is_not_found() {
    tokens.add("mine", until(NOW.plusSeconds(60)));
    assertTrue(tokens.find("mine", NOW.plusSeconds(59)).isPresent());
    assertTrue(tokens.find("mine", NOW.plusSeconds(60)).isEmpty());
  }
}
