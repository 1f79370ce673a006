package dev.holdfast.deadletter;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.deadletter.Act.End;
import dev.holdfast.deadletter.Act.Kind;
import dev.holdfast.deadletter.LetterDiscards.Discarded;
import dev.holdfast.deadletter.LetterFigures.Standing;
import dev.holdfast.deadletter.LetterInquiry.DryRun;
import dev.holdfast.deadletter.LetterInquiry.HeldBack;
import dev.holdfast.deadletter.LetterInquiry.Step;
import dev.holdfast.deadletter.LetterReplay.Status;
import dev.holdfast.deadletter.LetterReplays.Started;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a person does about many letters, with a lane that answers by the test's word. */
class LetterReplaysIT extends LetterStage {
  private static final Fingerprint OTHER = Fingerprint.ofText("broken in another way");
  private static final LetterSelection OF_ORDER = LetterSelection.of("order");
  private LetterReplays replays;
  private LetterInquiry inquiry;

  @BeforeEach
  void openReplays() {
    replays = new LetterReplays(services);
    inquiry = new LetterInquiry(services);
  }

  @Test
  void one_is_risked_then_ten_then_all_and_each_key_keeps_its_order() {
    Promise<Outcome<?>> first = Promise.promise();
    Promise<Outcome<?>> ten = Promise.promise();
    IntStream.range(0, 60).forEach(i -> park("order-" + i % 20, "c" + i, 1, BROKEN));
    replayer.script =
        name ->
            switch (name) {
              case "c0" -> first.future();
              case "c5" -> ten.future();
              default -> null;
            };
    Started started = start(OF_ORDER);
    await().atMost(LIMIT).until(() -> replayer.asked.size() == 1);
    assertEquals(60, started.replay().letters());
    first.complete(Outcome.done("fine"));
    await().atMost(LIMIT).until(() -> replayer.asked.size() == 11);
    assertEquals(11, tables.number("SELECT count(*) FROM holdfast.dead_letter_act") + 9);
    ten.complete(Outcome.done("fine"));

    LetterReplay ended = now(started.ended());
    assertEquals(Status.DONE, ended.status());
    assertEquals(60, ended.counts().replayed());
    for (int i = 0; i < 20; i++) {
      assertTrue(replayer.asked.indexOf("c" + i) < replayer.asked.indexOf("c" + (i + 20)));
      assertTrue(replayer.asked.indexOf("c" + (i + 20)) < replayer.asked.indexOf("c" + (i + 40)));
    }
    assertEquals(60, replayer.asked.size());
    assertEquals(0, open());
    LetterReplay row = now(replays.find(ended.number(), deadline())).orElseThrow();
    assertEquals(Status.DONE, row.status());
    assertEquals("ALL", row.stage());
    assertEquals(1, row.round());
    assertEquals(ended.counts(), row.counts());
  }

  @Test
  void one_that_breaks_again_stops_the_replay_and_what_is_behind_it_stays() {
    IntStream.range(0, 40).forEach(i -> park("order-" + i, "c" + i, 1, BROKEN));
    park("order-3", "behind", 0, Fingerprint.behind());
    replayer.script = name -> name.equals("c3") ? Future.failedFuture(new Parked("again")) : null;
    LetterReplay ended = now(start(OF_ORDER).ended());
    assertEquals(Status.STOPPED, ended.status());
    assertEquals("letter 4 broke again", ended.reason());
    assertEquals(1, ended.counts().broken());
    assertEquals(10, ended.counts().replayed());
    assertEquals(11, replayer.asked.size());
    assertEquals(31, open());
    assertEquals(List.of(End.BROKE_AGAIN), acts(4).stream().map(Act::outcome).toList());
  }

  @Test
  void a_cause_is_replayed_with_what_stands_behind_it_and_not_past_another_cause() {
    park("order-1", "a", 1, BROKEN);
    park("order-1", "b", 0, Fingerprint.behind());
    park("order-2", "c", 1, OTHER);
    park("order-2", "d", 1, BROKEN);
    park("order-3", "e", 1, OTHER);
    park("order-1", "f", 1, BROKEN);
    LetterSelection cause = OF_ORDER.because(BROKEN.hash());

    DryRun dry = now(inquiry.dryRun(cause, deadline()));
    assertEquals(3, dry.letters());
    assertEquals(
        List.of(
            new Step(1, "order-1", "ONE", false),
            new Step(2, "order-1", "TEN", true),
            new Step(6, "order-1", "TEN", false)),
        dry.order());
    assertEquals(
        List.of(
            new HeldBack(
                4, "order-2", 3, "letter 3 came before it under its key and is not meant")),
        dry.heldBack());
    assertEquals(List.of(), replayer.asked);

    LetterReplay ended = now(start(cause).ended());
    assertEquals(List.of("a", "b", "f"), replayer.asked);
    assertEquals(Status.DONE, ended.status());
    assertEquals(1, ended.counts().heldBack());
    assertEquals(3, open());
  }

  @Test
  void letters_that_come_behind_others_meanwhile_go_along() {
    park("order-1", "a", 1, BROKEN);
    Promise<Outcome<?>> answer = Promise.promise();
    replayer.script = name -> name.equals("a") ? answer.future() : null;
    Started started = start(OF_ORDER.because(BROKEN.hash()));
    await().atMost(LIMIT).until(() -> replayer.asked.size() == 1);
    park("order-1", "late", 0, Fingerprint.behind());
    answer.complete(Outcome.done("fine"));
    assertEquals(Status.DONE, now(started.ended()).status());
    assertEquals(List.of("a", "late"), replayer.asked);
    assertEquals(0, open());
  }

  @Test
  void an_outage_puts_off_to_the_next_round_and_three_rounds_are_all() {
    park("order-1", "a", 1, BROKEN);
    park("order-2", "b", 1, BROKEN);
    replayer.answer = Future.failedFuture(new Unavailable("away", "the lane is away"));
    LetterReplay ended = now(start(OF_ORDER).ended());
    assertEquals(Status.STOPPED, ended.status());
    assertEquals(3, ended.round());
    assertEquals(3, ended.counts().putOff());
    assertEquals(2, open());
    assertEquals(List.of("a", "a", "a"), replayer.asked);
  }

  @Test
  void one_that_is_called_off_ends_behind_its_wave_and_another_may_begin() {
    IntStream.range(0, 30).forEach(i -> park("order-" + i, "c" + i, 1, BROKEN));
    Promise<Outcome<?>> answer = Promise.promise();
    replayer.script = name -> name.equals("c0") ? answer.future() : null;
    Started started = start(OF_ORDER);
    await().atMost(LIMIT).until(() -> replayer.asked.size() == 1);
    assertRejected("replay_running", now(replays.start(OF_ORDER, 100, WHO, deadline())));
    LetterReplay cancelled =
        now(replays.cancel(started.replay().number(), "bob", deadline())).orThrow();
    assertEquals(Status.CANCELLED, cancelled.status());
    answer.complete(Outcome.done("fine"));
    now(started.ended());
    assertEquals(1, replayer.asked.size());
    LetterReplay row = now(replays.find(started.replay().number(), deadline())).orElseThrow();
    assertEquals(1, row.counts().replayed());
    assertEquals("called off by bob", row.reason());
    assertRejected("replay_ended", now(replays.cancel(row.number(), "bob", deadline())));
    assertRejected("unknown_replay", now(replays.cancel(4711, "bob", deadline())));

    assertEquals(Status.DONE, now(start(OF_ORDER).ended()).status());
    assertEquals(0, open());
  }

  @Test
  void what_a_node_left_running_is_interrupted_when_it_comes_back() {
    park("order-1", "a", 1, BROKEN);
    replayer.answer = Promise.<Outcome<?>>promise().future();
    LetterReplay left = start(OF_ORDER).replay();
    LetterReplays next = new LetterReplays(services);
    assertEquals(1, now(next.open(deadline())));
    LetterReplay row = now(next.find(left.number(), deadline())).orElseThrow();
    assertEquals(Status.INTERRUPTED, row.status());
    assertEquals(List.of(row), now(next.page("order", deadline())));
  }

  @Test
  void a_replay_keeps_its_rate() {
    IntStream.range(0, 31).forEach(i -> park("order-" + i, "c" + i, 1, BROKEN));
    long begun = System.nanoTime();
    LetterReplay ended = now(now(replays.start(OF_ORDER, 20, WHO, deadline())).orThrow().ended());
    assertEquals(31, ended.counts().replayed());
    // 20 of the third stage's may be asked at its very beginning.
    assertTrue(System.nanoTime() - begun >= Duration.ofMillis(1_500).toNanos());
  }

  @Test
  void nothing_is_started_for_nothing() {
    assertRejected("nothing_to_replay", now(replays.start(OF_ORDER, 100, WHO, deadline())));
  }

  @Test
  void a_time_range_means_what_was_parked_in_it() {
    park("order-1", "a", 1, BROKEN);
    Instant between = clock.now().plusSeconds(1);
    tables.execute("UPDATE holdfast.dead_letter SET parked_at = parked_at - interval '1 hour'");
    park("order-2", "b", 1, BROKEN);
    LetterSelection past = OF_ORDER.between(null, between.minusSeconds(1_800));
    assertEquals(Status.DONE, now(start(past).ended()).status());
    assertEquals(List.of("a"), replayer.asked);
  }

  @Tag("E-171")
  @Test
  void replays_are_counted_by_their_outcome_and_open_letters_by_agent() {
    IntStream.range(0, 5).forEach(i -> park("order-" + i, "c" + i, 1, BROKEN));
    replayer.script = name -> name.equals("c4") ? Future.failedFuture(new Parked("again")) : null;
    replayer.answered.add(id("c1").value());
    double replayed = figure("order", "replayed");
    double answered = figure("order", "answered");
    double broken = figure("order", "broke_again");
    assertEquals(Status.STOPPED, now(start(OF_ORDER).ended()).status());
    LetterGauges gauges = new LetterGauges(services, List.of("order", "payment"));
    now(vertx.deployVerticle(gauges));
    assertEquals(3, figure("order", "replayed") - replayed);
    assertEquals(1, figure("order", "answered") - answered);
    assertEquals(1, figure("order", "broke_again") - broken);
    assertTrue(figure("order", "parked") >= 5);
    assertTrue(meters.text().contains("holdfast_dead_letters{agent=\"order\"} 1.0"));
    assertTrue(meters.text().contains("holdfast_dead_letters{agent=\"payment\"} 0.0"));
  }

  private double figure(String agent, String act) {
    String series =
        "holdfast_dead_letter_acts_total{act=\"%s\",agent=\"%s\"} ".formatted(act, agent);
    return meters
        .text()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElse(0);
  }

  @Test
  void causes_are_listed_with_how_many_letters_and_aggregates_they_hold() {
    park("order-1", "a", 1, BROKEN);
    park("order-1", "b", 1, BROKEN);
    park("order-2", "c", 1, OTHER);
    List<Cause> causes = now(inquiry.causes("order", deadline()));
    assertEquals(List.of(BROKEN, OTHER), causes.stream().map(Cause::fingerprint).toList());
    assertEquals(2, causes.getFirst().letters());
    assertEquals(1, causes.getFirst().aggregates());
    assertEquals(List.of(), now(inquiry.causes("payment", deadline())));
  }

  @Tag("E-172")
  @Test
  void figures_say_how_many_are_open_and_how_replays_ended() {
    assertEquals(LetterFigures.of(Map.of(), 0, 0), now(inquiry.figures(deadline())));
    IntStream.range(0, 8).forEach(i -> park("order-" + i, "c" + i, 1, BROKEN));
    replayer.script = name -> name.equals("c1") ? Future.failedFuture(new Parked("again")) : null;
    now(start(LetterSelection.one("order", 1)).ended());
    now(start(LetterSelection.one("order", 2)).ended());
    LetterFigures figures = now(inquiry.figures(deadline()));
    assertEquals(Map.of("order", 7L), figures.open());
    assertEquals(Standing.RAISED, figures.standing());
    assertEquals(1, figures.replaysSucceeded());
    assertEquals(1, figures.replaysFailed());
    assertFalse(figures.replaysWell());
  }

  @Test
  void standing_and_success_have_their_bounds() {
    assertEquals(Standing.NORMAL, LetterFigures.of(Map.of("a", 5L), 0, 0).standing());
    assertEquals(Standing.RAISED, LetterFigures.of(Map.of("a", 5L, "b", 45L), 0, 0).standing());
    assertEquals(Standing.ALARM, LetterFigures.of(Map.of("a", 51L), 0, 0).standing());
    assertFalse(LetterFigures.of(Map.of(), 80, 20).replaysWell());
    assertTrue(LetterFigures.of(Map.of(), 81, 19).replaysWell());
  }

  @Tag("E-170")
  @Test
  void a_letter_is_shown_with_what_was_done_about_it() {
    park("order-1", "a", 1, BROKEN);
    DeadLetters letters = new DeadLetters(services);
    replayer.answer = Future.failedFuture(new Parked("again"));
    assertThrowsParked(letters.replay(1, WHO, deadline()));
    LetterEdits edits = new LetterEdits(services);
    assertRejected("invalid_payload", now(edits.edit(1, "{}", WHO, deadline())));
    assertEquals(1L, now(edits.edit(1, "{\"name\":\"b\"}", "bob", deadline())).orThrow());
    replayer.answer = Future.succeededFuture(Outcome.done("fine"));
    assertEquals(Closing.REPLAYED, now(letters.replay(1, WHO, deadline())).orThrow());
    assertEquals(List.of("a", "b"), replayer.asked);

    LetterInquiry.Inspected seen = now(inquiry.inspect(1, deadline())).orElseThrow();
    assertEquals("{\"name\":\"b\"}", seen.contents().payload());
    assertEquals(Optional.of("{\"name\":\"a\"}"), seen.original());
    assertEquals(
        List.of(Kind.REPLAY, Kind.EDIT, Kind.EDIT, Kind.REPLAY),
        seen.acts().stream().map(Act::kind).toList());
    assertEquals(
        List.of(End.REPLAYED, End.EDITED, End.REJECTED, End.BROKE_AGAIN),
        seen.acts().stream().map(Act::outcome).toList());
    assertEquals(List.of(WHO, "bob", WHO, WHO), seen.acts().stream().map(Act::who).toList());
    assertRejected("dead_letter_closed", now(edits.edit(1, "{\"name\":\"c\"}", WHO, deadline())));
    assertEquals(Optional.empty(), now(inquiry.inspect(2, deadline())));
  }

  @Test
  void the_dry_run_of_one_letter_tells_whether_it_has_a_reply_and_what_is_before_it() {
    park("order-1", "a", 1, BROKEN);
    park("order-1", "b", 1, BROKEN);
    replayer.answered.add(id("a").value());
    DryRun first = now(inquiry.dryRun(1, deadline())).orThrow();
    assertEquals(Optional.of(true), first.answered());
    assertEquals(1, first.order().size());
    DryRun second = now(inquiry.dryRun(2, deadline())).orThrow();
    assertEquals(Optional.of(false), second.answered());
    assertEquals(1, second.heldBack().getFirst().behind());
    assertRejected("unknown_dead_letter", now(inquiry.dryRun(3, deadline())));
  }

  @Test
  void a_cause_is_given_up_with_one_reason_and_each_letter_keeps_its_act() {
    IntStream.range(0, 20).forEach(i -> park("order-" + i, "c" + i, 1, BROKEN));
    park("order-1", "other", 1, OTHER);
    replayer.answered.add(id("c7").value());
    LetterDiscards discards = new LetterDiscards(services, new DeadLetters(services));
    assertEquals(
        new Discarded(19, 1, 0),
        now(discards.discard(OF_ORDER.because(BROKEN.hash()), "sold out", WHO, deadline())));
    assertEquals(19, tables.number("SELECT count(*) FROM holdfast.refused"));
    assertEquals(1, open());
    assertEquals("sold out", acts(1).getFirst().note());
    assertEquals(End.ANSWERED, acts(8).getFirst().outcome());
  }

  private static void assertThrowsParked(Future<?> act) {
    assertThrows(Parked.class, () -> now(act));
  }

  private Started start(LetterSelection selection) {
    return now(replays.start(selection, LetterReplays.RATE_MAX, WHO, deadline())).orThrow();
  }

  private List<Act> acts(long number) {
    return now(inquiry.inspect(number, deadline())).orElseThrow().acts();
  }

  private long open() {
    return tables.number("SELECT count(*) FROM holdfast.dead_letter WHERE closed_at IS NULL");
  }

  private void park(String key, String name, int attempts, Fingerprint cause) {
    park(List.of(letter(key, name, attempts, cause)));
  }
}
