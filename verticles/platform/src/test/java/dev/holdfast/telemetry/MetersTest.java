package dev.holdfast.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.telemetry.ChildMeters.RestartReason;
import dev.holdfast.telemetry.LaneMeters.CommandEnd;
import dev.holdfast.telemetry.LaneMeters.RerunCause;
import java.io.File;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MetersTest {
  private enum Kept {
    EXECUTED
  }

  /** What libraries report of the virtual machine and the process. */
  private static final List<String> JVM = List.of("jvm_", "process_", "system_");

  private final Meters meters = new Meters();

  private void emitEverything() {
    meters.http("order").route("POST /orders").answered(201, 3_000_000);
    meters.http("order").connections().set(2);
    LaneMeters lane = meters.lane("order");
    lane.batch(32, 1_500_000);
    lane.waiting().set(7);
    lane.command(CommandEnd.DONE);
    lane.rerun(RerunCause.DEADLOCK);
    lane.recorded(32);
    lane.repeated();
    meters.failures("order").count(ErrorCategory.DATABASE, ErrorSeverity.LOW);
    JournalMeters journal = meters.journal();
    journal.up().set(1);
    journal.waiting().set(2);
    journal.oldestSeconds().set(3);
    journal.valueMinor().set(250);
    journal.accepted();
    journal.ended(Kept.EXECUTED);
    meters.traces();
    OutboxMeters outbox = meters.outbox();
    outbox.unsent().set(3);
    outbox.oldestSeconds().set(0.5);
    outbox.published("order", 3);
    outbox.failed();
    meters.consumer("order").applied();
    DeadLetterMeters letters = meters.deadLetters("order");
    letters.open().set(1);
    letters.parked(1);
    meters.guard("database", new Figures());
    meters.child("order").restarted(RestartReason.MISSED_BEATS);
    meters.child("order").up().set(1);
    meters.child("order").ended("restart", "recovered", Duration.ofMillis(3));
    meters.child("order").recovered(Duration.ofMillis(90));
    meters.runs("order-to-delivery").started();
    meters.runs("order-to-delivery").open().set(1);
    meters.pool("lanes", new Pool());
    meters.level("order").set(0);
    DegradationMeters degradation = meters.degradation();
    degradation.level().set(0);
    degradation.levelSeconds().set(1);
    degradation.mode().set(0);
    degradation.health().set(100);
    degradation.changed(0);
    degradation.capability("pg_write").set(1);
    meters.lease().set(1);
    meters.ofBuild("1.2.3", "test");
    AlertMeters alerts = meters.alerts();
    alerts.active("error").set(1);
    alerts.raised("KafkaDown", 1);
    alerts.unwritten().set(0);
    alerts.waiting("slack").set(0);
    alerts.delivery("slack", "delivered", 1);
    meters.withJvm().withDisk(new File("."));
    AskMeters asks = meters.asks("order");
    asks.began(false);
    asks.ended(AskMeters.End.SUCCESS, 2_000_000);
    meters.http("order").route("POST /orders").carried(120, 900);
    meters.reaction("scale_up").proven();
    CacheMeters cache = meters.cache("tokens");
    cache.read(true);
    cache.evicted(CacheMeters.Eviction.TTL, 1);
    StatementMeters statements = meters.statements();
    statements.statement("insert", "orders.orders").answered(1_000_000);
    statements.failed("sqlstate_23505");
    SessionMeters sessions = meters.sessions();
    sessions.active("merchant").set(1);
    sessions.messages("merchant").run();
    sessions.ended(SessionMeters.Cleanup.IDLE, Duration.ofMinutes(3));
    meters.liveEvents().received();
    meters.operation(Layer.KAFKA, "outbox send", Clock.system()).begin().end();
  }

  private record Pool() implements PoolReadings {
    @Override
    public int connections() {
      return 8;
    }

    @Override
    public int inUse() {
      return 4;
    }

    @Override
    public int waiting() {
      return 0;
    }

    @Override
    public long cuts() {
      return 1;
    }

    @Override
    public long commitsUnknown() {
      return 0;
    }

    @Override
    public long statements() {
      return 1_000;
    }
  }

  private record Figures() implements GuardFigures {
    @Override
    public int stateNumber() {
      return 1;
    }

    @Override
    public long transitions(int from, int to) {
      return from == 0 && to == 1 ? 1 : 0;
    }

    @Override
    public long halfOpenings() {
      return 1;
    }

    @Override
    public long closings() {
      return 1;
    }

    @Override
    public int attemptsMax() {
      return 3;
    }

    @Override
    public long retriesAs(int attempt) {
      return 2;
    }

    @Override
    public long retriesSucceededAs(int attempt) {
      return 1;
    }

    @Override
    public long succeeded() {
      return 10;
    }

    @Override
    public long failed() {
      return 5;
    }

    @Override
    public long ignored() {
      return 0;
    }

    @Override
    public long refusedOpen() {
      return 3;
    }

    @Override
    public long refusedFull() {
      return 2;
    }

    @Override
    public long refusedLate() {
      return 1;
    }

    @Override
    public long retries() {
      return 4;
    }

    @Override
    public long openings() {
      return 1;
    }

    @Override
    public int running() {
      return 6;
    }

    @Override
    public int waiting() {
      return 7;
    }
  }

  @Tag("E-122")
  @Tag("E-123")
  @Tag("E-124")
  @Tag("E-125")
  @Tag("E-110")
  @Tag("E-126")
  @Tag("E-135")
  @Tag("E-138")
  @Tag("E-139")
  @Tag("E-140")
  @Tag("E-141")
  @Tag("E-142")
  @Tag("E-143")
  @Tag("E-246")
  @Tag("E-145")
  @Tag("E-147")
  @Tag("E-148")
  @Tag("E-149")
  @Tag("E-150")
  @Tag("E-151")
  @Tag("E-152")
  @Tag("E-153")
  @Tag("E-154")
  @Tag("E-155")
  @Tag("E-156")
  @Tag("E-159")
  @Tag("E-160")
  @Test
  void every_meter_of_the_catalogue_appears_under_its_own_name_with_help_and_type() {
    emitEverything();
    String text = meters.text();
    for (Meter meter : Meter.all()) {
      assertTrue(text.contains("# HELP " + meter.title() + " "), meter.title());
      assertTrue(text.contains("# TYPE " + meter.title() + " "), meter.title());
    }
  }

  @Test
  void given_names_may_have_another_prefix_and_our_own_keep_theirs() {
    MetricNames names = new MetricNames("shop_");
    Meters own = new Meters(names);
    own.asks("order").ended(AskMeters.End.SUCCESS, 2_000_000);
    own.lane("order").waiting().set(7);

    String text = own.text();
    assertTrue(text.contains("shop_agent_requests_total{agent_type=\"order\""), text);
    assertTrue(text.contains("# TYPE shop_agent_request_duration_seconds histogram"), text);
    assertTrue(text.contains("holdfast_lane_waiting_commands{agent=\"order\"} 7.0"), text);
    assertFalse(text.contains("holdfast_agent_requests_total"), text);
    assertEquals(
        "rate(shop_agent_request_duration_seconds_bucket[5m]) / holdfast_lane_flush_seconds_sum",
        names.in(
            "rate(holdfast_agent_request_duration_seconds_bucket[5m])"
                + " / holdfast_lane_flush_seconds_sum"));
    assertThrows(IllegalArgumentException.class, () -> new MetricNames("1st "));
  }

  @Tag("E-167")
  @Test
  void version_and_environment_are_shown() {
    meters.ofBuild("1.2.3", "test");
    String text = meters.text();
    assertTrue(
        text.contains("holdfast_build_info{environment=\"test\",version=\"1.2.3\"} 1.0"), text);
  }

  @Test
  void nothing_appears_that_is_not_in_the_catalogue() {
    emitEverything();
    Set<String> known = new HashSet<>();
    for (Meter meter : Meter.all()) {
      known.add(meter.title());
      if (meter.kind() == Meter.Kind.HISTOGRAM) {
        known.add(meter.title() + "_max");
      }
    }
    meters
        .text()
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ", -1)[2])
        .filter(name -> JVM.stream().noneMatch(name::startsWith))
        .forEach(name -> assertTrue(known.contains(name), name));
  }

  @Test
  void an_agent_sees_its_own_series_alone() {
    emitEverything();
    meters.http("payment").route("POST /payments").answered(500, 1);
    String text = meters.textOf("payment");
    assertTrue(text.contains("requests_total{agent_id=\"payment\"} 1.0"), text);
    assertTrue(text.contains("errors_total{agent_id=\"payment\"} 1.0"), text);
    assertFalse(text.contains("\"order\""), text);
    assertTrue(meters.textOf("order").contains("holdfast_lane_waiting_commands"), text);
  }

  @Test
  void a_guards_figures_are_read_when_somebody_looks() {
    emitEverything();
    String text = meters.text();
    assertTrue(text.contains("holdfast_guard_state{guard=\"database\"} 1.0"), text);
    assertTrue(
        text.contains(
            "holdfast_guard_calls_total{guard=\"database\",outcome=\"refused_open\"} 3.0"),
        text);
  }

  @Test
  void asking_again_goes_on_with_the_same_series() {
    meters.lane("order").command(CommandEnd.DONE);
    meters.lane("order").command(CommandEnd.DONE);
    assertTrue(
        meters
            .text()
            .contains("holdfast_lane_commands_total{agent=\"order\",outcome=\"done\"} 2.0"));
  }

  @Test
  void a_new_owner_of_a_gauge_replaces_the_old_one() {
    meters.lane("order").waiting().from(() -> 5);
    meters.lane("order").waiting().from(() -> 9);
    String text = meters.text();
    assertTrue(text.contains("holdfast_lane_waiting_commands{agent=\"order\"} 9.0"), text);
  }

  @Tag("E-115")
  @Test
  void figures_are_those_of_the_text_and_of_the_agent_alone() {
    emitEverything();
    meters.http("payment").route("POST /payments").answered(500, 1);
    List<SeriesFigures> own = meters.figuresOf("order");
    long lines =
        meters
            .textOf("order")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .filter(line -> !line.contains("_bucket{") && !line.contains("_sum{"))
            .filter(line -> !line.contains("_max{"))
            .count();
    assertEquals(lines, own.size());
    assertTrue(own.stream().noneMatch(one -> one.labels().containsValue("payment")));
    SeriesFigures.Several duration =
        own.stream()
            .filter(one -> one.meter() == Catalogue.REQUEST_DURATION)
            .map(SeriesFigures.Several.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(1, duration.values().count());
    assertEquals(3.0, duration.values().sum());
    assertEquals(3.5, duration.values().percentile(0.5).orElseThrow());
  }

  /** The figures of a histogram of seconds, which the registry has as nanoseconds. */
  private static boolean isScaled(String line) {
    return Meter.all().stream()
        .filter(meter -> meter.kind() == Meter.Kind.HISTOGRAM && meter.unit().equals("seconds"))
        .anyMatch(meter -> line.startsWith(meter.title()));
  }

  @Test
  void the_text_is_line_for_line_what_micrometer_shows_but_for_scaled_times() {
    emitEverything();
    meters.http("order").route("GET /a\"b\\c").answered(200, 1);
    meters.pool("infinite", new Pool());
    meters.level("odd").set(Double.POSITIVE_INFINITY);
    meters.level("odder").set(Double.NaN);
    List<String> own =
        meters
            .text()
            .lines()
            .filter(line -> JVM.stream().noneMatch(name -> line.contains(name)))
            .sorted()
            .toList();
    // What passes by itself may be another at the next look.
    List<String> passing = List.of("server_uptime_seconds ", "holdfast_disk_");
    assertEquals(
        steady(meters.textOfMicrometer().lines().sorted().toList(), passing), steady(own, passing));
  }

  private static List<String> steady(List<String> lines, List<String> passing) {
    return lines.stream()
        .filter(line -> passing.stream().noneMatch(line::startsWith))
        .filter(line -> !isScaled(line))
        // Its registry keeps the ending _info for a kind of its own, and takes it off.
        .filter(line -> !line.contains("holdfast_build"))
        .toList();
  }

  @Test
  void label_values_are_bounded() {
    for (int i = 0; i < 100_000; i++) {
      meters.http("order").route("GET /" + i).answered(200, 1);
    }
    long series =
        meters
            .text()
            .lines()
            .filter(line -> line.startsWith("holdfast_http_responses_total{"))
            .count();
    assertEquals(Meters.SERIES_MAX + 1, series);
  }

  @Test
  void times_below_a_second_lie_in_the_bucket_they_belong_to() {
    AskMeters asks = meters.asks("order");
    asks.began(false);
    asks.ended(AskMeters.End.SUCCESS, 3_000_000);

    String text = meters.textOf("order");
    String bucket =
        "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"%s\"} %d";
    assertTrue(text.contains(bucket.formatted("0.001", 0)), text);
    assertTrue(text.contains(bucket.formatted("0.005", 1)), text);
    assertTrue(
        text.contains("holdfast_agent_request_duration_seconds_sum{agent_type=\"order\"} 0.003\n"),
        text);
    assertTrue(
        text.contains("holdfast_agent_request_duration_seconds_max{agent_type=\"order\"} 0.003\n"),
        text);
  }
}
