package dev.holdfast.degradation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.degradation.Feature.Kind;
import dev.holdfast.degradation.FeatureState.State;
import dev.holdfast.kernel.ErrorSeverity;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Features: what switches them off, and what is refused for it. */
class FeatureStateTest {
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final List<Feature> ALL =
      List.of(
          Feature.of(
              "order",
              "place_order",
              "Placing orders",
              Kind.WRITES_OR_INTENT,
              Mode.EMERGENCY,
              "placeOrder"),
          Feature.of("order", "cancel_order", "Cancelling", Kind.WRITES, Mode.MINIMAL, "cancel"),
          Feature.of("order", "browse_orders", "Lists", Kind.READS, Mode.DEGRADED, "listOrders"),
          Feature.of("product", "tidy", "Tidying", Kind.BACKGROUND, Mode.NORMAL));

  private final DegradationStage stage = new DegradationStage(false).calm();
  private final Features features = features(stage);

  private static Features features(DegradationStage stage) {
    return new Features(ALL, stage.degradation::standing, WAIT, stage.clock);
  }

  private static Admission.Refuse refused(Features features, String operation, boolean writes) {
    return assertInstanceOf(
        Admission.Refuse.class, features.admit("order", operation, writes), operation);
  }

  private List<String> on() {
    return ALL.stream().map(Feature::name).filter(features::isOn).toList();
  }

  @Tag("E-052")
  @Tag("E-062")
  @Test
  void each_mode_switches_off_what_does_not_run_in_it() {
    assertEquals(List.of("place_order", "cancel_order", "browse_orders", "tidy"), on());
    assertEquals(100, features.healthPercent());
    stage.degradation.loaded(new Load(1_000, 0, 1_000, 0));
    assertEquals(List.of("place_order", "cancel_order", "browse_orders"), on());
    assertEquals(75, features.healthPercent());
    stage.degradation.loaded(new Load(1_000, 0, 2_000, 0));
    assertEquals(List.of("place_order", "cancel_order"), on());
    stage.degradation.loaded(new Load(1_000, 0, 3_000, 0));
    assertEquals(List.of("place_order"), on());
    assertEquals(25, features.healthPercent());
  }

  @Test
  void a_refusal_names_feature_and_reason_and_says_when_to_come_again() {
    stage.degradation.loaded(new Load(1_000, 0, 3_000, 0));
    Admission.Refuse refusal = refused(features, "listOrders", false);
    assertEquals("feature_off", refusal.code());
    assertEquals("Lists (browse_orders) is off: not offered in mode emergency.", refusal.reason());
    assertEquals(WAIT, refusal.retryAfter());
  }

  @Tag("E-055")
  @Test
  void without_the_broker_every_write_begins() {
    stage.probe(EnumSet.of(Capability.KAFKA_IN, Capability.KAFKA_OUT), 10);
    assertEquals(Level.KAFKA_UNAVAILABLE, stage.level());
    for (String operation : List.of("placeOrder", "cancel")) {
      assertEquals(Admission.ACCEPT, features.admit("order", operation, true));
    }
  }

  @Tag("E-056")
  @Test
  void a_database_that_only_reads_refuses_writes_at_once_and_answers_questions() {
    stage.probe(Set.of(Capability.PG_WRITE), 10);
    assertEquals(Level.SEVERAL_DOWN, stage.level());
    assertEquals(
        "Placing orders (place_order) is off: nothing is written now: level 3, several_down.",
        refused(features, "placeOrder", true).reason());
    assertEquals(Admission.ACCEPT, features.admit("order", "unlisted", false));
    assertTrue(features.states().stream().allMatch(state -> state.state() == State.OFF));
  }

  @Tag("E-057")
  @Test
  void nothing_is_offered_when_nothing_safe_is_left() {
    stage.probe(EnumSet.of(Capability.PG_WRITE, Capability.PG_READ), 10);
    assertEquals(Level.FAILED, stage.level());
    refused(features, "placeOrder", true);
    refused(features, "listOrders", false);
    assertEquals(0, features.healthPercent());
  }

  @Tag("E-054")
  @Tag("E-059")
  @Test
  void only_an_agent_that_may_use_the_journal_takes_intents() {
    DegradationStage journal = new DegradationStage(true).calm();
    Features allowed = features(journal);
    journal.probe(Set.of(Capability.PG_WRITE), 10);
    assertEquals(Level.DATABASE_FALLBACK, journal.level());
    assertEquals(new Admission.AsIntent(), allowed.admit("order", "placeOrder", true));
    refused(allowed, "cancel", true);
    assertEquals(State.DEGRADED, allowed.states().getFirst().state());

    stage.probe(Set.of(Capability.PG_WRITE), 10);
    refused(features, "placeOrder", true);
  }

  @Tag("E-051")
  @Test
  void a_marked_feature_goes_on_with_what_is_left_until_it_is_unmarked() {
    FeatureState marked =
        features.mark(
            "browse_orders", "old figures", ErrorSeverity.MEDIUM, Optional.of("a snapshot"));
    assertEquals(
        new FeatureState(
            "browse_orders", "order", State.DEGRADED, 50, "old figures", Optional.of("a snapshot")),
        marked);
    assertTrue(features.isOn("browse_orders"));
    assertEquals(87, features.healthPercent());

    features.mark("browse_orders", "wrong figures", ErrorSeverity.CRITICAL, Optional.empty());
    assertFalse(features.isOn("browse_orders"));
    refused(features, "listOrders", false);

    features.unmark("browse_orders");
    assertEquals(100, features.healthPercent());
    assertEquals(Admission.ACCEPT, features.admit("order", "listOrders", false));
  }

  @Test
  void a_feature_that_is_not_there_is_not_asked_for() {
    assertThrows(IllegalArgumentException.class, () -> features.isOn("place_ordre"));
    assertThrows(
        IllegalArgumentException.class,
        () -> features.mark("place_ordre", "", ErrorSeverity.LOW, Optional.empty()));
  }

  @Test
  void the_features_of_a_parked_agent_are_lost_and_the_others_stay() {
    stage.degradation.parked("product", "too many crashes");
    assertFalse(features.isOn("tidy"));
    assertTrue(features.isOn("place_order"));
    assertEquals(75, features.healthPercent());
  }
}
