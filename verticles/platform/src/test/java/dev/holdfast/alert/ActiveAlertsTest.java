package dev.holdfast.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.alert.ActiveAlerts.Change;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ActiveAlertsTest {
  private static final Map<String, Condition> CONDITIONS =
      Map.of(
          "Open",
          new Condition(
              "Open", true, Severity.ERROR, 0, Duration.ofSeconds(2), Duration.ofSeconds(2)),
          "Bug",
          new Condition("Bug", true, Severity.ERROR, 0, Duration.ZERO, Duration.ofSeconds(30)),
          "Off",
          new Condition("Off", false, Severity.ERROR, 0, Duration.ZERO, Duration.ZERO));

  private final SettableClock clock = new SettableClock();
  private final ActiveAlerts alerts = alerts();

  private ActiveAlerts alerts() {
    return new ActiveAlerts(CONDITIONS, new StormPolicy(4, Duration.ofSeconds(60)), "n1", clock);
  }

  private static Observation open(String guard, boolean isOpen) {
    return Observation.of("Open", guard, isOpen ? 1 : 0, guard + " is open");
  }

  private static Observation bug(int number) {
    return Observation.event("Bug", "part " + number, "failed");
  }

  /** One look a second for so many seconds. */
  private List<Change> look(int seconds, Observation... seen) {
    List<Change> changes = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      clock.advance(Duration.ofSeconds(1));
      changes.addAll(alerts.look(List.of(seen)));
    }
    return changes;
  }

  private static List<String> told(List<Change> changes) {
    return changes.stream()
        .flatMap(change -> change.told().stream())
        .map(what -> what.transition() + " " + what.condition() + " " + what.subject())
        .toList();
  }

  private Alert only() {
    assertEquals(1, alerts.all().size());
    return alerts.all().getFirst();
  }

  @Test
  @Tag("E-178")
  void one_alert_is_active_for_a_condition_and_subject_however_often_it_comes() {
    assertEquals(List.of("FIRING Open a"), told(look(4, open("a", true))));
    Instant begun = only().firstSeen();
    assertEquals(List.of(), told(look(1, open("a", false))));
    assertEquals(List.of(), told(look(1, open("a", true))));
    assertEquals(2, only().count());
    assertEquals(begun, only().firstSeen());
    assertEquals(clock.now(), only().lastSeen());
    assertEquals(List.of("FIRING Open b"), told(look(4, open("a", true), open("b", true))));
    assertEquals(2, alerts.all().size());
  }

  @Test
  @Tag("E-081")
  @Tag("E-181")
  void it_is_resolved_by_itself_and_its_like_is_another_alert_under_the_same_fingerprint() {
    look(3, open("a", true));
    Alert first = only();
    assertEquals(List.of("RESOLVED Open a"), told(look(3, open("a", false))));
    assertEquals(List.of(), alerts.all());
    look(3, open("a", true));
    assertEquals(first.fingerprint(), only().fingerprint());
    assertTrue(!first.id().equals(only().id()));
  }

  @Test
  void events_are_counted_and_the_alert_is_over_when_none_comes() {
    look(1, bug(1));
    look(1, bug(1).after(bug(1)));
    assertEquals(3, only().count());
    assertEquals(List.of("RESOLVED Bug part 1"), told(look(31)));
  }

  @Test
  void a_condition_that_is_switched_off_or_unknown_begins_nothing() {
    assertEquals(
        List.of(),
        look(5, Observation.of("Off", "a", 9, ""), Observation.of("Strange", "a", 9, "")));
  }

  @Test
  void it_is_acknowledged_once_and_stays() {
    look(3, open("a", true));
    Change change = alerts.acknowledge(only().id(), "ada").orElseThrow();
    assertEquals(List.of("ACKNOWLEDGED Open a"), told(List.of(change)));
    assertEquals("ada", only().acknowledged().orElseThrow().by());
    assertEquals(List.of(), told(alerts.acknowledge(only().id(), "bob").stream().toList()));
    assertEquals("ada", only().acknowledged().orElseThrow().by());
    assertTrue(alerts.acknowledge(UUID.randomUUID(), "ada").isEmpty());
  }

  @Test
  void a_person_ends_it_and_while_its_condition_holds_another_begins_after_the_hold_time() {
    look(3, open("a", true));
    Change change = alerts.resolve(only().id(), "ada", "known").orElseThrow();
    assertEquals("ada", change.alert().ended().orElseThrow().by());
    assertEquals(List.of("RESOLVED Open a"), told(List.of(change)));
    assertEquals(List.of(), look(2, open("a", true)));
    assertEquals(List.of("FIRING Open a"), told(look(1, open("a", true))));
  }

  private Observation[] bugs(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(ActiveAlertsTest::bug)
        .toArray(Observation[]::new);
  }

  @Test
  void in_a_storm_one_alert_stands_for_the_others_until_it_is_over() {
    List<Change> begun = look(1, bugs(1, 20));
    assertEquals(5, told(begun).size(), told(begun).toString());
    assertEquals("FIRING AlertStorm platform", told(begun).getLast());
    assertEquals(21, alerts.all().size());
    Notification storm = begun.getLast().told().orElseThrow();
    assertEquals("16 alerts are told as one: 16 Bug", storm.text());
    assertEquals(Severity.ERROR, storm.severity());

    // All but two go on happening; after a minute without new ones the storm is over.
    List<String> after = told(look(61, bugs(3, 20)));
    assertEquals(2, after.stream().filter(said -> said.startsWith("RESOLVED Bug")).count());
    assertEquals(16, after.stream().filter(said -> said.startsWith("FIRING Bug")).count());
    assertEquals(1, after.stream().filter("RESOLVED AlertStorm platform"::equals).count());
    assertEquals(18, alerts.all().size());
    assertTrue(alerts.all().stream().allMatch(Alert::told));
  }

  @Test
  void what_ends_within_a_storm_is_told_neither_when_it_begins_nor_when_it_ends() {
    look(1, bugs(1, 20));
    List<String> after = told(look(70));
    assertEquals(5, after.size(), after.toString());
    assertEquals(
        4, after.stream().filter(said -> said.matches("RESOLVED Bug part [1-9]\\d*")).count());
  }

  @Test
  void a_storm_is_as_urgent_as_its_worst_alert_and_told_again_when_that_changes() {
    look(1, bugs(1, 20));
    List<Change> worse = look(1, bug(21).as(Severity.CRITICAL));
    assertEquals(List.of("FIRING AlertStorm platform"), told(worse));
    assertEquals(Severity.CRITICAL, worse.getLast().told().orElseThrow().severity());
  }

  @Test
  void the_next_life_goes_on_with_what_was_active_and_resolves_what_is_over() {
    look(3, open("a", true), open("b", true));
    List<Alert> before = alerts.all();
    ActiveAlerts next = alerts();
    assertEquals(List.of(), next.restore(before));
    List<Change> changes = new ArrayList<>();
    for (int second = 0; second < 4; second++) {
      clock.advance(Duration.ofSeconds(1));
      changes.addAll(next.look(List.of(open("a", true), open("b", false))));
    }
    assertEquals(List.of("RESOLVED Open b"), told(changes));
    assertEquals(before.getFirst().id(), next.all().getFirst().id());
  }

  @Test
  void an_earlier_one_that_is_read_late_ends_without_a_word_when_its_like_is_active() {
    look(3, open("a", true));
    ActiveAlerts late = alerts();
    clock.advance(Duration.ofSeconds(1));
    for (int second = 0; second < 4; second++) {
      clock.advance(Duration.ofSeconds(1));
      late.look(List.of(open("a", true)));
    }
    List<Change> ended = late.restore(alerts.all());
    assertEquals(1, ended.size());
    assertEquals(List.of(), told(ended));
    assertTrue(ended.getFirst().alert().ended().isPresent());
  }

  @Test
  void no_more_are_active_than_may_be() {
    look(1, bugs(1, ActiveAlerts.ACTIVE_MAX + 50));
    // The alert that stands for the others is one more.
    assertEquals(ActiveAlerts.ACTIVE_MAX + 1, alerts.all().size());
  }
}
