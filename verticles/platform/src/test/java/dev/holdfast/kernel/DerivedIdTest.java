package dev.holdfast.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DerivedIdTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final UUID RUN = DerivedId.of("run", "order-to-delivery", "1");

  private static long firstBits(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }

  @Test
  void the_same_parts_name_the_same_thing_and_no_others_do() {
    assertEquals(DerivedId.of("a", "b", 1), DerivedId.of("a", "b", 1));
    assertNotEquals(DerivedId.of("a", "b:c"), DerivedId.of("a", "b", "c"));
    assertNotEquals(DerivedId.of("a", "b"), DerivedId.of("b", "a"));
    assertEquals(5, DerivedId.of("a").version());
    assertEquals(2, DerivedId.of("a").variant());
  }

  @Test
  void ids_stay_what_they_were_in_every_version_of_this_code() {
    assertEquals(
        UUID.fromString("23f20c8d-70b8-5829-afc3-9da6a2711411"), DerivedId.of("http", "a", "b:c"));
    assertEquals(
        UUID.fromString("01a2032a-8118-8fea-a550-39ba6eec3e28"),
        DerivedId.at(Instant.parse("2026-11-22T12:10:46.936Z"), "run", 1, "o"));
  }

  @Test
  void what_begins_later_has_the_greater_id() {
    Instant noon = Instant.parse("2026-03-01T12:00:00.123456Z");
    UUID id = DerivedId.at(noon, "run", 1);
    assertEquals(noon.toEpochMilli(), firstBits(id));
    assertEquals(id, DerivedId.at(noon, "run", 1));
    assertNotEquals(id, DerivedId.at(noon, "run", 2));
    assertNotEquals(id, DerivedId.at(noon.plusMillis(1), "run", 1));
    assertTrue(
        DerivedId.DATABASE_ORDER.compare(id, DerivedId.at(noon.plusMillis(1), "run", 1)) < 0);
    assertEquals(8, id.version());
    assertEquals(2, id.variant());
  }

  @Test
  void a_time_beyond_all_calendars_has_an_id_too() {
    assertNotEquals(DerivedId.at(Instant.MAX, "run", 1), DerivedId.at(Instant.MIN, "run", 1));
  }

  @Test
  void what_belongs_to_a_run_begins_as_the_run_does() {
    CommandId step = CommandId.ofStep(RUN, "reserve", 1, DAY);
    assertEquals(firstBits(RUN), firstBits(step.value()));
    assertEquals(firstBits(RUN), firstBits(step.undo(DAY).value()));
    assertEquals(8, step.value().version());
    assertEquals(2, step.value().variant());
  }

  @Test
  void ids_within_the_same_or_another_owner_differ() {
    UUID other = DerivedId.of("run", "order-to-delivery", "2");
    Set<UUID> ids = new HashSet<>();
    for (UUID run : Set.of(RUN, other)) {
      ids.add(run);
      for (int attempt = 1; attempt <= 1_000; attempt++) {
        CommandId step = CommandId.ofStep(run, "reserve", attempt, DAY);
        ids.add(step.value());
        ids.add(step.undo(DAY).value());
        ids.add(step.undo(2, DAY).value());
      }
    }
    assertEquals(6_002, ids.size());
  }
}
