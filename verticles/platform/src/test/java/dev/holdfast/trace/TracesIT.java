package dev.holdfast.trace;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Secret;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.TraceCollector;
import dev.holdfast.testing.TraceCollector.Seen;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TracesIT {
  private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String UNSAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

  private final TraceCollector collector = TraceCollector.open();
  private final Meters meters = new Meters();
  private final Traces traces = to(collector.address(), 1);

  private Traces to(String address, double sampled) {
    return Traces.to(
        new TraceSettings(
            URI.create(address),
            Secret.of("Bearer of-the-collector"),
            sampled,
            100,
            10,
            Duration.ofMillis(20),
            Duration.ofSeconds(2),
            "node",
            "test"),
        meters.traces());
  }

  @AfterEach
  void close() {
    traces.close();
    collector.close();
  }

  private List<Seen> told(int count) {
    return await().until(collector::spans, spans -> spans.size() >= count);
  }

  private Seen named(String name) {
    return collector.spans().stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private long counted(String outcome) {
    String series = "holdfast_trace_spans_total{outcome=\"" + outcome + "\"} ";
    return meters
        .text()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length())))
        .sum();
  }

  @Tag("E-270")
  @Test
  void spans_reach_a_collector_as_a_tree_with_facts_and_links() {
    Span root = traces.request(null, "POST /orders");
    Span child = root.child(Part.ASKS, "ask order.Place").with(Fact.AGENT, "order");
    Span other = traces.request(null, "POST /returns");
    child.link(other);
    child.end(new Unavailable("overloaded", "the lane of a person's name"));
    other.end();
    root.with(Fact.STATUS, 201).end();
    told(3);
    Seen top = named("POST /orders");
    Seen asked = named("ask order.Place");
    assertTrue(top.isRoot());
    assertEquals(top.span(), asked.parent());
    assertEquals(top.trace(), asked.trace());
    assertEquals(Map.of("http.response.status_code", "201"), top.facts());
    assertEquals(Map.of("holdfast.agent", "order", "error.type", "overloaded"), asked.facts());
    assertTrue(asked.failed());
    assertEquals(List.of(named("POST /returns").asLink()), asked.links());
    assertEquals("Bearer of-the-collector", collector.authorizations().getFirst());
  }

  @Test
  void what_was_kept_as_text_is_a_parent_again() {
    Span root = traces.request(null, "POST /orders");
    String kept = root.traceparent();
    root.end();
    traces.kept(kept).child(Part.WORKS, "step later").end();
    told(2);
    assertEquals(named("POST /orders").span(), named("step later").parent());
  }

  @Test
  void a_caller_that_names_its_trace_decides_whether_it_is_seen() {
    traces.request(CALLER, "GET /orders").end();
    assertSame(Span.NONE, traces.request(UNSAMPLED, "GET /orders"));
    assertEquals(CALLER.substring(3, 35), told(1).getFirst().trace());
    assertEquals(CALLER.substring(36, 52), told(1).getFirst().parent());
  }

  @Test
  void a_header_that_is_no_traceparent_begins_a_trace_of_its_own() {
    List<String> headers =
        List.of(
            "",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "x".repeat(10_000));
    headers.forEach(wrong -> traces.request(wrong, "GET /orders").end());
    assertTrue(told(headers.size()).stream().allMatch(Seen::isRoot));
  }

  @Test
  void what_is_not_sampled_leaves_nothing_behind() {
    Traces few = to(collector.address(), 0);
    Span root = few.request(null, "POST /orders");
    assertSame(Span.NONE, root);
    assertSame(Span.NONE, root.child(Part.WORKS, "anything").with(Fact.AGENT, "order"));
    assertNull(root.traceparent());
    assertSame(Span.NONE, few.kept(null));
    assertSame(Span.NONE, few.kept(UNSAMPLED));
    few.close();
    assertEquals(List.of(), collector.spans());
  }

  @Test
  void what_has_no_room_while_the_collector_is_away_is_dropped_and_counted() {
    collector.answers(400);
    for (int i = 0; i < 500; i++) {
      traces.request(null, "GET /orders").end();
    }
    await().until(() -> counted("failed") + counted("dropped"), ended -> ended == 500);
    assertTrue(counted("failed") > 0);
    assertEquals(0, counted("exported"));
    collector.answers(200);
    traces.request(null, "GET /products").end();
    await().until(() -> counted("exported") == 1);
  }

  @Test
  void what_is_ended_before_the_close_is_told() {
    traces.request(null, "GET /orders").end();
    traces.close();
    assertFalse(collector.spans().isEmpty());
  }
}
