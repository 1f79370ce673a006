package dev.holdfast.telemetry;

import dev.holdfast.kernel.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The process's meters. Handles are asked for at deploy and kept; asking again gives the same
 * series. Safe on any thread.
 */
public final class Meters {
  /** How many series one meter may have before further ones are added up under {@code other}. */
  public static final int SERIES_MAX = 500;

  /** Labels by which a series belongs to an agent, and is shown on the agent's own port. */
  public static final List<String> OWNER_LABELS = Exposition.OWNERS;

  static final String OTHER = "other";

  /** Ours; shown by the exposition. */
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final LibraryMeters libraries = new LibraryMeters();
  private final MetricNames names;
  private final Exposition exposition;
  private final Map<Series, Object> handles = new ConcurrentHashMap<>();
  private final Map<Meter, AtomicInteger> counts = new HashMap<>();

  /** Under the names that are declared. */
  public Meters() {
    this(MetricNames.shipped());
  }

  /**
   * Under names of one's own.
   *
   * @param names under which series are shown
   */
  public Meters(MetricNames names) {
    this.names = names;
    this.exposition = new Exposition(names);
    for (Meter meter : Meter.all()) {
      counts.put(meter, new AtomicInteger());
    }
  }

  /** Begins to report the JVM's memory, threads, processors and uptime. */
  public Meters withJvm() {
    libraries.bind();
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    reading(GivenMeter.SERVER_UPTIME).from(() -> runtime.getUptime() / 1_000.0);
    return this;
  }

  /** Shows how full the file system of a folder is. */
  public Meters withDisk(File folder) {
    reading(Catalogue.DISK_FREE).from(folder::getUsableSpace);
    reading(Catalogue.DISK_SIZE).from(folder::getTotalSpace);
    return this;
  }

  /** All series of the process in Prometheus' text format 0.0.4. */
  public String text() {
    return exposition.text() + libraries.text();
  }

  /** Our series as Micrometer shows them; for comparison. */
  public String textOfMicrometer() {
    return registry.scrape();
  }

  /** The series that carry this agent's name, in the same format. */
  public String textOf(String agent) {
    return exposition.textOf(agent);
  }

  /** The series of the names that {@link GivenMeter#OBSERVABILITY} has, in the same format. */
  public String textOfObservability() {
    return exposition.textOf(EnumSet.copyOf(GivenMeter.OBSERVABILITY));
  }

  /** The same series as data: ours, not those that libraries report. */
  public List<SeriesFigures> figuresOf(String agent) {
    return figures(series -> series.isOf(agent));
  }

  /** All series of one meter, as data. */
  public List<SeriesFigures> figuresOf(Meter meter) {
    return figures(series -> series.meter().equals(meter));
  }

  private List<SeriesFigures> figures(Predicate<Series> wanted) {
    List<SeriesFigures> figures = new ArrayList<>();
    handles.forEach(
        (series, handle) -> {
          if (wanted.test(series)) {
            figures.add(series.read(names.of(series.meter()), handle));
          }
        });
    return figures;
  }

  /**
   * One operation's times.
   *
   * @param name one of few
   */
  public TimedOperation operation(Layer layer, String name, Clock clock) {
    return new TimedOperation(histogram(Catalogue.OPERATION_DURATION, layer.text(), name), clock);
  }

  /** HTTP requests for one agent. */
  public HttpMeters http(String agent) {
    return new HttpMeters(this, agent);
  }

  /** Failures that ended in one place. */
  public FailureMeters failures(String agent) {
    return new FailureMeters(this, agent);
  }

  /** What is asked of one agent. */
  public AskMeters asks(String agent) {
    return new AskMeters(this, agent);
  }

  /** One cache. */
  public CacheMeters cache(String type) {
    return new CacheMeters(this, type);
  }

  /** What is asked of PostgreSQL. */
  public StatementMeters statements() {
    return new StatementMeters(this);
  }

  /** Tokens in use. */
  public SessionMeters sessions() {
    return new SessionMeters(this);
  }

  /** Events and WebSockets of the observability listener. */
  public LiveEventMeters liveEvents() {
    return new LiveEventMeters(this);
  }

  /** One agent's lane and replies. */
  public LaneMeters lane(String agent) {
    return new LaneMeters(this, agent);
  }

  /** The outbox and its relay. */
  public OutboxMeters outbox() {
    return new OutboxMeters(this);
  }

  /** Spans on their way to a collector. */
  public TraceMeters traces() {
    return new TraceMeters(this);
  }

  /** Events read from one topic. */
  public ConsumerMeters consumer(String topic) {
    return new ConsumerMeters(this, topic);
  }

  /** One agent's dead letters. */
  public DeadLetterMeters deadLetters(String agent) {
    return new DeadLetterMeters(this, agent);
  }

  /** Messages of an agent were parked. */
  public void lettersParked(String agent, int messages) {
    deadLetters(agent).parked(messages);
  }

  /** Shows a guard's figures whenever somebody looks. */
  public void guard(String name, GuardFigures figures) {
    GuardMeters.show(this, name, figures);
  }

  /** One supervised child. */
  public ChildMeters child(String child) {
    return new ChildMeters(this, child);
  }

  /**
   * One way to react to signs of trouble.
   *
   * @param reaction its name, such as {@code scale_up}
   */
  public ReactionMeters reaction(String reaction) {
    return new ReactionMeters(this, reaction);
  }

  /** The runs of one workflow. */
  public RunMeters runs(String workflow) {
    return new RunMeters(this, workflow);
  }

  /** Shows a database pool's figures whenever somebody looks. */
  public void pool(String name, PoolReadings readings) {
    PoolMeters.show(this, name, readings);
  }

  /** Levels, mode and features. */
  public DegradationMeters degradation() {
    return new DegradationMeters(this);
  }

  /** Alerts. */
  public AlertMeters alerts() {
    return new AlertMeters(this);
  }

  /** The journal of intents. */
  public JournalMeters journal() {
    return new JournalMeters(this);
  }

  /**
   * With what runs here (E-167).
   *
   * @param version of the product
   * @param environment such as {@code production}
   */
  public Meters ofBuild(String version, String environment) {
    reading(Catalogue.BUILD_INFO, version, environment).set(1);
    return this;
  }

  /** 1 while this node's lease is its own, else 0. */
  public Reading lease() {
    return reading(Catalogue.LEASE_HELD);
  }

  /** The degradation level of one agent, 0 to 4. */
  public Reading level(String agent) {
    return reading(Catalogue.LEVEL, agent);
  }

  Counter counter(Meter meter, String... labels) {
    Series series = series(meter, Meter.Kind.COUNTER, labels);
    return (Counter)
        handles.computeIfAbsent(
            series,
            wanted ->
                shown(
                    wanted,
                    Counter.builder(meter.title())
                        .description(meter.help())
                        .tags(wanted.tags())
                        .register(registry)));
  }

  Histogram histogram(Meter meter, String... labels) {
    Series series = series(meter, Meter.Kind.HISTOGRAM, labels);
    return (Histogram)
        handles.computeIfAbsent(
            series, wanted -> shown(wanted, new Histogram(meter, wanted.tags(), registry)));
  }

  Reading reading(Meter meter, String... labels) {
    Series series = series(meter, Meter.Kind.GAUGE, labels);
    return (Reading) handles.computeIfAbsent(series, this::gauge);
  }

  private Reading gauge(Series wanted) {
    Reading reading = new Reading();
    Gauge.builder(wanted.meter().title(), reading, Reading::value)
        .description(wanted.meter().help())
        .tags(wanted.tags())
        .strongReference(true)
        .register(registry);
    return (Reading) shown(wanted, reading);
  }

  /** A counter that its owner keeps; the first owner under these labels stays. */
  <T> void functionCounter(Meter meter, T owner, ToDoubleFunction<T> figure, String... labels) {
    Series series = series(meter, Meter.Kind.FUNCTION_COUNTER, labels);
    handles.computeIfAbsent(
        series,
        wanted ->
            shown(
                wanted,
                FunctionCounter.builder(meter.title(), owner, figure)
                    .description(meter.help())
                    .tags(wanted.tags())
                    .register(registry)));
  }

  private Object shown(Series series, Object handle) {
    exposition.add(series, handle);
    return handle;
  }

  /** The same figure under a given name as well. */
  void alias(Meter meter, Reading of, String... labels) {
    reading(meter, labels).from(of::value);
  }

  /** The same count under a given name as well. */
  void alias(Meter meter, Counter of, String... labels) {
    functionCounter(meter, of, Counter::count, labels);
  }

  private Series series(Meter meter, Meter.Kind kind, String... labels) {
    if (meter.kind() != kind || meter.labels().size() != labels.length) {
      throw new IllegalArgumentException(
          meter.title() + " is a " + meter.kind() + " with the labels " + meter.labels());
    }
    Series wanted = new Series(meter, List.of(labels));
    if (handles.containsKey(wanted)) {
      return wanted;
    }
    // Two threads may pass the limit together by one or two; it is there to stop thousands.
    if (counts.get(meter).incrementAndGet() <= SERIES_MAX) {
      return wanted;
    }
    return new Series(meter, meter.labels().stream().map(label -> OTHER).toList());
  }
}
