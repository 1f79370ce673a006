package dev.holdfast.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.alert.Answer.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerRulesTest {
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "200, TAKEN", "202, TAKEN", "204, TAKEN", "400, REFUSED", "413, REFUSED", "422, REFUSED",
    "301, LATER", "401, LATER", "403, LATER", "404, LATER", "408, LATER", "410, LATER",
    "429, LATER", "500, LATER", "503, LATER"
  })
  void only_what_is_wrong_with_the_document_itself_is_final(int status, Verdict verdict) {
    assertEquals(verdict, AnswerRules.judge(status, null, "", NINE).verdict());
  }

  @Test
  void retry_after_names_seconds_or_a_time_and_an_hour_at_most() {
    assertEquals(Optional.of(Duration.ofSeconds(30)), AnswerRules.after(" 30 ", NINE));
    assertEquals(
        Optional.of(Duration.ofMinutes(2)),
        AnswerRules.after("Mon, 2 Nov 2026 09:02:00 GMT", NINE));
    assertEquals(
        Optional.of(Duration.ZERO), AnswerRules.after("Mon, 2 Nov 2026 08:00:00 GMT", NINE));
    assertEquals(Optional.of(AnswerRules.AFTER_MAX), AnswerRules.after("999999", NINE));
    assertEquals(Optional.empty(), AnswerRules.after("soon", NINE));
    assertEquals(Optional.empty(), AnswerRules.after(null, NINE));
  }

  @Test
  void it_counts_for_every_answer_that_puts_off() {
    assertEquals(
        Optional.of(Duration.ofSeconds(7)), AnswerRules.judge(503, "7", "busy", NINE).after());
    assertEquals(Optional.empty(), AnswerRules.judge(200, "7", "ok", NINE).after());
    assertEquals("429 slow down", AnswerRules.judge(429, null, "slow\n down", NINE).text());
  }
}
