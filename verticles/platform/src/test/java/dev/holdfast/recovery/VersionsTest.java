package dev.holdfast.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VersionsTest {
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");
  private static final ConfigurationShape SHAPE =
      new ConfigurationShape(
          Map.of("triesMax", new ConfigurationShape.Key(1, 10, 3)), values -> {});

  private static Versions shipped() {
    return new Versions(List.of(Configuration.fresh(1, SHAPE.shipped(), "shipped", NINE)));
  }

  @Tag("E-077")
  @Test
  void what_came_after_the_last_proven_one_is_gone_back_from_at_once() {
    Versions known =
        shipped()
            .proven(1, NINE)
            .and(Map.of("triesMax", 4), "one", NINE)
            .and(Map.of("triesMax", 5), "two", NINE);
    assertEquals(3, known.current().version());
    assertEquals(Optional.empty(), known.refusal());

    Versions back = known.rolledBack(NINE);

    assertEquals(1, back.current().version());
    assertEquals(
        List.of(false, true, true), back.all().stream().map(Configuration::hasFailed).toList());
    assertEquals(Optional.of("configuration 1 is proven"), back.refusal());
  }

  @Test
  void a_new_one_after_a_rollback_has_a_number_of_its_own() {
    Versions known =
        shipped().proven(1, NINE).and(Map.of("triesMax", 4), "one", NINE).rolledBack(NINE);

    Versions next = known.and(Map.of("triesMax", 6), "two", NINE);

    assertEquals(3, next.current().version());
    assertEquals(6, next.current().whole("triesMax"));
  }

  @Test
  void there_is_nothing_to_go_back_to_before_one_was_proven() {
    assertEquals(Optional.of("no configuration was proven yet"), shipped().refusal());
  }

  @Test
  void a_field_that_is_unknown_of_the_wrong_kind_or_out_of_range_is_named() {
    assertEquals("tries", refused(Map.of("tries", 3)).field());
    assertEquals("triesMax", refused(Map.of("triesMax", "3")).field());
    assertEquals("triesMax must be 1 to 10, got 11", refused(Map.of("triesMax", 11)).getMessage());
    assertTrue(refused(Map.of()).getMessage().contains("triesMax"));
  }

  private static ConfigurationRefused refused(Map<String, ?> changes) {
    return assertThrows(ConfigurationRefused.class, () -> SHAPE.changed(SHAPE.shipped(), changes));
  }
}
