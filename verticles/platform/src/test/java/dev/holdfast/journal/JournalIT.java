package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.journal.IntentStanding.End;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a real file. */
@Tag("E-054")
class JournalIT {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private final List<Journal> opened = new ArrayList<>();
  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    journal = open(Intents.WIDE);
  }

  @AfterEach
  void close() {
    opened.forEach(Journal::close);
  }

  private Journal open(JournalLimits limits) throws Exception {
    Journal fresh = new Journal(folder, limits, clock, new Meters().journal());
    opened.add(fresh);
    await(fresh.selfTest());
    return fresh;
  }

  private Journal reopened() throws Exception {
    journal.close();
    journal = open(Intents.WIDE);
    return journal;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static Unavailable refused(Future<?> future) {
    return (Unavailable) assertThrows(ExecutionException.class, () -> await(future)).getCause();
  }

  @Test
  void an_accepted_intent_is_there_after_a_restart_as_it_was_accepted() throws Exception {
    Intent intent = Intents.of("k1", clock.now());
    IntentStanding standing = await(journal.accept(intent));
    assertTrue(standing.isOpen());
    reopened();
    assertEquals(List.of(standing), List.copyOf(journal.waiting()));
    assertEquals(Optional.of(intent), await(journal.read(standing)));
  }

  @Test
  void a_file_from_before_traces_were_kept_goes_on_and_keeps_them() throws Exception {
    IntentStanding before = await(journal.accept(Intents.of("k1", clock.now())));
    journal.close();
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
        Statement statement = file.createStatement()) {
      statement.execute("ALTER TABLE intent DROP COLUMN traceparent");
    }
    reopened();
    assertEquals(List.of(before), List.copyOf(journal.waiting()));
    Intent traced = Intents.traced(Intents.of("k2", clock.now()), "00-of-a-request-01");
    IntentStanding standing = await(journal.accept(traced));
    assertEquals(Optional.of(traced), await(journal.read(standing)));
  }

  @Test
  void the_same_request_is_one_intent_and_keeps_its_day_across_midnight() throws Exception {
    IntentStanding first = await(journal.accept(Intents.of("k1", clock.now())));
    clock.advance(Duration.ofHours(16));
    Intent later = Intents.of("k1", clock.now());
    assertEquals(LocalDate.parse("2026-11-03"), later.id().issuedOn());
    assertEquals(first, await(journal.accept(later)));
    assertEquals(LocalDate.parse("2026-11-02"), first.id().issuedOn());
    assertEquals(1, journal.health().count());
    assertEquals(Optional.of(first), journal.waiting(later.id().value()));
  }

  @Test
  void a_key_stands_for_one_intent_whatever_id_the_next_one_has() throws Exception {
    Intent asked = Intents.of("k1", clock.now());
    Intent again = Intents.under(asked.key(), Intents.of("k2", clock.now()));
    IntentStanding first = await(journal.accept(asked));
    assertEquals(first, await(journal.accept(again)));
    assertEquals(Optional.of(first), journal.waiting(again.key().name()));
    await(journal.end(first, End.TAKEN, null));
    assertEquals(Optional.empty(), journal.waiting(again.key().name()));
    assertEquals(first.id(), await(journal.accept(again)).id());
    assertEquals(0, journal.health().count());
  }

  @Test
  void an_ended_intent_waits_no_more_its_text_is_gone_and_its_end_is_seen() throws Exception {
    Refusal why = Refusal.conflict("price_changed", "The price has changed.");
    IntentStanding taken = await(journal.accept(Intents.of("taken-secret", clock.now())));
    IntentStanding refused = await(journal.accept(Intents.of("k2", clock.now())));
    await(journal.end(taken, End.TAKEN, null));
    await(journal.end(refused, End.REFUSED, why));
    assertEquals(0, journal.health().count());
    assertEquals(0L, journal.health().minor().getOrDefault("GBP", 0L));
    reopened();
    assertTrue(journal.waiting().isEmpty());
    IntentStanding seen = await(journal.find(refused.id().value())).orElseThrow();
    assertEquals(End.REFUSED, seen.end());
    assertEquals(why, seen.why());
    IntentStanding other = await(journal.find(taken.id().value())).orElseThrow();
    assertEquals(End.TAKEN, other.end());
    assertNull(other.why());
    journal.close();
    String bytes =
        new String(Files.readAllBytes(folder.resolve("journal.db")), StandardCharsets.ISO_8859_1);
    assertFalse(bytes.contains("\"name\":\"taken-secret\""), "what it said must be gone");
  }

  @Test
  void ends_are_forgotten_after_their_time() throws Exception {
    IntentStanding intent = await(journal.accept(Intents.of("k1", clock.now())));
    await(journal.end(intent, End.TAKEN, null));
    clock.advance(Duration.ofDays(8));
    await(journal.selfTest());
    assertEquals(Optional.empty(), await(journal.find(intent.id().value())));
  }

  @Test
  void the_self_test_leaves_nothing_and_says_when_it_succeeded() throws Exception {
    clock.advance(Duration.ofHours(1));
    await(journal.selfTest());
    assertEquals(clock.now(), journal.health().provenAt());
    assertTrue(journal.health().up());
    assertTrue(journal.waiting().isEmpty());
    assertTrue(reopened().waiting().isEmpty());
  }

  @Test
  void limits_are_kept_and_room_that_comes_free_is_used() throws Exception {
    journal.close();
    journal = open(Intents.limits(3, 1_000, 600, Duration.ofHours(1)));
    assertEquals(
        "intent_too_valuable",
        refused(journal.accept(Intents.of("dear", 601, clock.now()))).code());
    IntentStanding first = await(journal.accept(Intents.of("a", 600, clock.now())));
    assertEquals("journal_full", refused(journal.accept(Intents.of("b", 401, clock.now()))).code());
    await(journal.accept(Intents.of("b", 400, clock.now())));
    assertFalse(journal.health().up());
    await(journal.end(first, End.TAKEN, null));
    assertTrue(journal.health().up());
    await(journal.accept(Intents.of("c", 1, clock.now())));
    await(journal.accept(Intents.of("d", 1, clock.now())));
    assertEquals("journal_full", refused(journal.accept(Intents.of("e", 1, clock.now()))).code());
    assertFalse(journal.health().up());
    assertEquals(3, journal.health().count());
  }

  @Test
  void nothing_more_is_taken_when_the_oldest_waits_too_long() throws Exception {
    journal.close();
    journal = open(Intents.limits(10, 10_000, 1_000, Duration.ofHours(1)));
    await(journal.accept(Intents.of("a", clock.now())));
    clock.advance(Duration.ofMinutes(61));
    assertEquals("journal_full", refused(journal.accept(Intents.of("b", clock.now()))).code());
    assertEquals(Duration.ofMinutes(61), journal.health().oldestAge());
    assertFalse(journal.health().up());
  }

  @Test
  void what_waits_together_shares_a_commit() throws Exception {
    List<Future<IntentStanding>> accepted = new ArrayList<>();
    for (int number = 0; number < 500; number++) {
      accepted.add(journal.accept(Intents.of("k" + number, clock.now())));
    }
    for (Future<IntentStanding> one : accepted) {
      await(one);
    }
    assertEquals(500, journal.health().count());
    assertTrue(journal.commits() < 250, "commits: " + journal.commits());
  }

  @Test
  void a_row_that_is_not_what_was_accepted_is_not_read() throws Exception {
    IntentStanding intent = await(journal.accept(Intents.of("honest", clock.now())));
    journal.close();
    change("honest\"}", "hunest\"}");
    journal = open(Intents.WIDE);
    assertEquals(1, journal.waiting().size(), "the structure of the file is sound");
    assertEquals(Optional.empty(), await(journal.read(intent)));
  }

  @Test
  void what_waits_outlives_a_page_that_was_overwritten_under_it() throws Exception {
    for (int number = 0; number < 400; number++) {
      await(journal.accept(Intents.of("k" + number, clock.now())));
    }
    await(journal.spoil());
    assertFalse(journal.health().up());
    refused(journal.accept(Intents.of("meanwhile", clock.now())));
    await(journal.selfTest());
    assertEquals(400, journal.waiting().size());
    for (IntentStanding one : journal.waiting()) {
      assertTrue(await(journal.read(one)).isPresent());
    }
    assertEquals(1, aside(), "the damaged file must be kept");
    await(journal.accept(Intents.of("new", clock.now())));
    assertEquals(401, reopened().waiting().size());
  }

  @Test
  void a_journal_that_is_filled_takes_nothing_and_keeps_what_it_has() throws Exception {
    await(journal.accept(Intents.of("before", clock.now())));
    journal.fill(true);
    assertEquals("journal_full", refused(journal.accept(Intents.of("k", clock.now()))).code());
    assertFalse(journal.health().up());
    journal.fill(false);
    await(journal.accept(Intents.of("k", clock.now())));
    assertEquals(2, journal.waiting().size());
  }

  @Test
  void a_damaged_file_is_set_aside_and_what_can_be_read_goes_on() throws Exception {
    for (int number = 0; number < 400; number++) {
      await(journal.accept(Intents.of("k" + number, clock.now())));
    }
    journal.close();
    Path file = folder.resolve("journal.db");
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int page = text.indexOf("\"name\":\"k200\"") / 4_096;
    assertTrue(page > 0, "what k200 says must lie on a page of its table");
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(4_096L * page);
      bytes.write(new byte[4_096]);
    }
    journal = open(Intents.WIDE);
    assertTrue(journal.health().up(), journal.health().reason());
    int left = journal.waiting().size();
    assertTrue(left > 300 && left < 400, "left: " + left);
    for (IntentStanding one : journal.waiting()) {
      assertTrue(await(journal.read(one)).isPresent());
    }
    assertEquals(1, aside(), "the damaged file must be kept");
    await(journal.accept(Intents.of("new", clock.now())));
    assertEquals(left + 1, reopened().waiting().size());
  }

  @Test
  void a_file_that_is_no_database_is_set_aside_and_the_journal_works() throws Exception {
    journal.close();
    Files.writeString(folder.resolve("journal.db"), "nothing that SQLite would know ".repeat(999));
    journal = open(Intents.WIDE);
    assertTrue(journal.health().up());
    assertEquals(1, aside());
  }

  @Test
  void an_intent_outlives_the_deletion_of_the_open_file() throws Exception {
    IntentStanding before = await(journal.accept(Intents.of("before", clock.now())));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    IntentStanding after = await(journal.accept(Intents.of("after", clock.now())));
    assertNotEquals(before.sequence(), after.sequence());
    assertEquals(List.of(before, after), List.copyOf(reopened().waiting()));
  }

  @Test
  void a_folder_that_cannot_be_used_is_down_with_its_reason_and_up_when_it_can() throws Exception {
    journal.close();
    Path blocked = folder.resolve("blocked");
    Files.writeString(blocked, "a file where the folder should be");
    Journal late = new Journal(blocked, Intents.WIDE, clock, new Meters().journal());
    opened.add(late);
    assertEquals("journal_down", refused(late.selfTest()).code());
    assertEquals("journal_down", refused(late.accept(Intents.of("k", clock.now()))).code());
    assertFalse(late.health().up());
    assertTrue(late.health().reason().startsWith("cannot be used"), late.health().reason());
    Files.delete(blocked);
    await(late.selfTest());
    assertTrue(late.health().up());
    await(late.accept(Intents.of("k", clock.now())));
  }

  private void change(String from, String to) throws IOException {
    Path file = folder.resolve("journal.db");
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains(from));
    Files.write(file, text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
  }

  private long aside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("journal.db.damaged-"))
          .count();
    }
  }
}
