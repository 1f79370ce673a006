package dev.holdfast.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.testing.SettableClock;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatesTest {
  private static final long SECOND = 1_000_000_000L;
  private final SettableClock clock = new SettableClock();

  @Test
  void the_sixth_crash_in_a_minute_is_one_too_many() {
    RestartIntensity intensity = new RestartIntensity(Intensity.SHIPPED);
    for (int crash = 0; crash < 5; crash++) {
      assertTrue(intensity.permits(crash * SECOND));
    }
    assertFalse(intensity.permits(59 * SECOND));
  }

  @Test
  void a_crash_is_forgotten_when_the_window_has_passed_it() {
    RestartIntensity intensity = new RestartIntensity(Intensity.SHIPPED);
    for (int crash = 0; crash < 100; crash++) {
      assertTrue(intensity.permits(crash * 12L * SECOND));
    }
    assertEquals(5, intensity.count(99 * 12 * SECOND));
  }

  @Test
  void a_cleared_window_is_empty() {
    RestartIntensity intensity = new RestartIntensity(new Intensity(1, Duration.ofSeconds(60)));
    assertTrue(intensity.permits(0));
    assertFalse(intensity.permits(1));
    intensity.clear();
    assertTrue(intensity.permits(2));
  }

  @Test
  void the_budget_gives_ten_at_once_and_ten_a_second() {
    RestartBudget budget = new RestartBudget(10, 0);
    for (int restart = 0; restart < 10; restart++) {
      assertEquals(0, budget.take(0));
    }
    assertEquals(SECOND / 10, budget.take(0));
    assertEquals(0, budget.take(SECOND / 10));
    assertTrue(budget.take(SECOND / 10) > 0);
  }

  @Test
  void an_idle_budget_saves_no_more_than_a_second_of_it() {
    RestartBudget budget = new RestartBudget(10, 0);
    int taken = 0;
    while (budget.take(3600 * SECOND) == 0) {
      taken++;
    }
    assertEquals(10, taken);
  }

  @Test
  void crashes_in_a_row_are_forgotten_after_proven_health_alone() {
    Duration provenFor = Duration.ofSeconds(5);
    Child child = new Child(ChildSpec.of("a", () -> null), "a", 0, clock);
    assertEquals(0, child.countCrash(provenFor));
    clock.advance(Duration.ofHours(1));
    assertEquals(1, child.countCrash(provenFor));

    child.proven();
    clock.advance(Duration.ofSeconds(4));
    assertEquals(2, child.countCrash(provenFor));

    clock.advance(Duration.ofSeconds(1));
    assertEquals(0, child.countCrash(provenFor));
  }

  @Test
  void a_tree_has_no_name_twice() {
    GroupSpec group = GroupSpec.alone(ChildSpec.of("a", () -> null));
    String failure =
        assertThrows(IllegalArgumentException.class, () -> SupervisionTree.of(group, group))
            .getMessage();
    assertEquals("two groups are named a", failure);
    GroupSpec twin =
        new GroupSpec("other", Strategy.ONE_FOR_ONE, Intensity.SHIPPED, group.children());
    assertThrows(IllegalArgumentException.class, () -> SupervisionTree.of(group, twin));
  }

  @Test
  void a_spec_names_what_is_wrong_with_it() {
    ChildSpec spec = ChildSpec.of("a", () -> null);
    assertThrows(IllegalArgumentException.class, () -> ChildSpec.of(" ", () -> null));
    assertThrows(
        IllegalArgumentException.class, () -> spec.with(new DeploymentOptions().setInstances(2)));
    assertThrows(IllegalArgumentException.class, () -> spec.stopWithin(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> spec.startWithin(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> spec.provenBy(Future::succeededFuture, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GroupSpec("g", Strategy.ONE_FOR_ONE, Intensity.SHIPPED, List.of()));
  }

  @Test
  void too_many_reports_are_dropped_and_counted() {
    CrashReports reports = new CrashReports(clock);
    for (int report = 0; report < CrashReports.LIMIT + 3; report++) {
      reports.escalate("a", new IllegalStateException("again"));
    }
    assertEquals(3, reports.dropped());
    assertEquals(CrashReports.LIMIT, reports.take().size());
  }
}
