package dev.holdfast.performance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.performance.PerformanceReport.LayerTimes;
import dev.holdfast.performance.PerformanceReport.OperationTimes;
import dev.holdfast.telemetry.HttpMeters;
import dev.holdfast.telemetry.LaneMeters;
import dev.holdfast.telemetry.Layer;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.telemetry.TimedOperation;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the performance monitor says of times that are known. */
class PerformanceMonitorTest {
  private static final long MS = 1_000_000;

  private final SettableClock clock = new SettableClock();
  private final Meters meters = new Meters();
  private final AtomicReference<List<Resource>> resources = new AtomicReference<>(List.of());
  private final TimeSampler sampler = new TimeSampler(meters, resources::get, clock);
  private final List<Sample> samples = new ArrayList<>();

  private void sample() {
    samples.add(sampler.sample());
  }

  private PerformanceReport after(Duration time) {
    clock.advance(time);
    sample();
    return PerformanceRules.report(samples);
  }

  private static LayerTimes layer(PerformanceReport report, Layer layer) {
    return report.layers().stream()
        .filter(one -> one.layer().equals(layer.text()))
        .findFirst()
        .orElseThrow();
  }

  @Tag("E-118")
  @Tag("E-119")
  @Test
  void an_operation_is_timed_by_its_name_until_its_future_is_complete() {
    TimedOperation sends = meters.operation(Layer.KAFKA, "outbox send", clock);
    sample();
    Promise<String> sent = Promise.promise();
    Future<String> timed = sends.timed(sent::future);
    clock.advance(Duration.ofMillis(40));
    sent.complete("done");
    assertEquals("done", timed.result());
    TimedOperation.Run run = sends.begin();
    clock.advance(Duration.ofMillis(20));
    run.end();
    run.end();
    OperationTimes slowest = after(Duration.ofSeconds(1)).slowest().getFirst();
    assertEquals("outbox send", slowest.operation());
    assertEquals("kafka", slowest.layer());
    assertEquals(2, slowest.calls());
    assertEquals(30, slowest.meanMs(), 1e-6);
    assertTrue(slowest.percentiles().p99Ms() > 25, slowest.toString());
    assertTrue(meters.text().contains("operation=\"outbox send\""));
  }

  @Test
  void what_fails_or_throws_is_timed_as_well() {
    TimedOperation calls = meters.operation(Layer.PARTNER, "calls of payment", clock);
    sample();
    assertTrue(calls.timed(() -> Future.failedFuture("refused")).failed());
    assertTrue(
        calls
            .timed(
                () -> {
                  throw new IllegalStateException("broken");
                })
            .failed());
    assertEquals(2, after(Duration.ofSeconds(1)).slowest().getFirst().calls());
  }

  @Tag("E-119")
  @Test
  void the_slowest_operations_come_first_and_only_those_of_the_window() {
    HttpMeters api = meters.http("api");
    HttpMeters.Route place = api.route("POST /api/v1/orders");
    HttpMeters.Route read = api.route("GET /api/v1/orders/{id}");
    HttpMeters.Route before = api.route("GET /before");
    before.answered(200, 9_000 * MS);
    sample();
    for (int i = 0; i < 10; i++) {
      place.answered(201, 80 * MS);
      read.answered(200, 4 * MS);
    }
    meters.statements().statement("insert", "orders.orders").answered(2 * MS);
    PerformanceReport report = after(Duration.ofSeconds(10));
    assertEquals(
        List.of("api POST /api/v1/orders", "api GET /api/v1/orders/{id}", "insert"),
        report.slowest().stream().map(OperationTimes::operation).toList());
    assertEquals(80, report.slowest().getFirst().meanMs(), 1e-6);
    assertNull(report.slowest().getFirst().percentiles().p95Ms(), "a route has no histogram");
    assertNotNull(report.slowest().getLast().percentiles().p95Ms());
    LayerTimes http = layer(report, Layer.HTTP);
    assertEquals(20, http.calls());
    assertEquals(840, http.totalMs(), 1e-6);
    assertEquals(0.084, http.concurrent(), 1e-6);
    assertTrue(http.percentiles().p95Ms() > 50, http.toString());
    assertEquals(1, layer(report, Layer.DATABASE).calls());
    assertTrue(report.summary().contains("slowest is http api POST"), report.summary());
  }

  @Tag("E-119")
  @Test
  void the_bottleneck_is_what_is_used_most() {
    LaneMeters lane = meters.lane("order");
    resources.set(
        List.of(
            new Resource.Busy("lane order", lane.batchSeconds(), 4, 0),
            new Resource.Held("pool lanes", 2, 16, 0)));
    sample();
    for (int i = 0; i < 36; i++) {
      lane.batch(32, 1_000 * MS);
    }
    resources.set(
        List.of(
            new Resource.Busy("lane order", lane.batchSeconds(), 4, 120),
            new Resource.Held("pool lanes", 6, 16, 0)));
    PerformanceReport report = after(Duration.ofSeconds(10));
    assertEquals("lane order", report.bottleneck().resource());
    assertEquals(3.6, report.bottleneck().used(), 1e-6);
    assertEquals(90, report.bottleneck().percent(), 1e-6);
    assertEquals(120, report.bottleneck().waiting());
    assertEquals(4, report.resources().getLast().used(), 1e-6, "the average of the samples");
    assertTrue(report.summary().startsWith("The bottleneck is lane order"), report.summary());
  }

  @Test
  void nothing_is_a_bottleneck_that_is_hardly_used() {
    resources.set(List.of(new Resource.Held("pool lanes", 8, 16, 0)));
    sample();
    PerformanceReport report = after(Duration.ofSeconds(10));
    assertNull(report.bottleneck());
    assertEquals(50, report.resources().getFirst().percent());
    assertTrue(report.summary().startsWith("No bottleneck"), report.summary());
  }

  @Test
  void at_its_start_it_has_nothing_to_say_and_says_so() {
    PerformanceReport report = new PerformanceMonitor(meters, List::of, clock).report();
    assertEquals(0, report.windowSeconds());
    assertEquals(List.of(), report.slowest());
    assertFalse(report.summary().isBlank());
  }
}
