package dev.holdfast.errors;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCode.Kind;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.Meters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Where failures are told that ended: counted, logged, and handed to those who asked for them. */
public final class ErrorReports {
  /** How often the log repeats an outage that goes on. */
  public static final Duration STILL_EVERY = Duration.ofMinutes(1);

  /** How many may ask to hear. */
  public static final int HEARERS_MAX = 32;

  /** Beyond so many outages of different places, each is logged every time. */
  private static final int REMEMBERED_MAX = 1_000;

  private static final int ID_DIGITS = 12;
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReports.class);

  private final ErrorTable table;
  private final Clock clock;
  private final Meters meters;
  private final long origin;
  private final AtomicLong number = new AtomicLong();
  private final Map<Place, Told> told = new ConcurrentHashMap<>();
  private final List<Hearer> hearers = new CopyOnWriteArrayList<>();

  private record Place(String agent, String operation, String code) {}

  /** When the log was told last, and how often it was spared since. */
  private record Told(long nanos, long spared, boolean now) {}

  private record Hearer(
      Set<ErrorCategory> categories, ErrorSeverity atLeast, Consumer<ErrorReport> hear) {
    boolean wants(ErrorCode code) {
      return categories.contains(code.category()) && code.severity().compareTo(atLeast) >= 0;
    }
  }

  /**
   * @param clock gives ids an origin of their own in each process
   */
  public ErrorReports(ErrorTable table, Clock clock, Meters meters) {
    this.table = table;
    this.clock = clock;
    this.meters = meters;
    this.origin = clock.nanoTime();
  }

  /** What a failure is. */
  public ErrorCode classify(Throwable failure) {
    return table.of(failure);
  }

  /**
   * Hands every report of these categories to a hearer, on the thread that reports: it must not
   * block. What it throws is logged and hurts nobody.
   *
   * @param atLeast milder ones are not told
   * @throws IllegalStateException when there are {@value #HEARERS_MAX} already
   */
  public void hear(
      Set<ErrorCategory> categories, ErrorSeverity atLeast, Consumer<ErrorReport> hearer) {
    if (hearers.size() >= HEARERS_MAX) {
      throw new IllegalStateException("at most " + HEARERS_MAX + " hear of errors");
    }
    hearers.add(new Hearer(Set.copyOf(categories), atLeast, hearer));
  }

  /**
   * A failure ended here. A refusal is counted and not logged; an outage that goes on is logged
   * once in {@link #STILL_EVERY}, anything else each time.
   *
   * @param agent where; one of few
   * @param operation what was tried; one of few
   */
  public ErrorReport report(String agent, String operation, Throwable failure) {
    return report(agent, operation, null, failure);
  }

  /**
   * The same about one thing.
   *
   * @param subject its id for the log, such as a command's; no personal data; null for none
   */
  public ErrorReport report(String agent, String operation, String subject, Throwable failure) {
    ErrorReport report = told(agent, operation, failure);
    switch (report.code().kind()) {
      case REFUSAL -> {}
      case OUTAGE -> logOutage(report, subject, failure);
      case BUG -> log(report, subject, failure, 0);
    }
    return report;
  }

  /** The same for what nobody expected, whatever it is: it is logged each time. */
  public ErrorReport unhandled(String agent, String operation, Throwable failure) {
    ErrorReport report = told(agent, operation, failure);
    log(report, null, failure, 0);
    return report;
  }

  private ErrorReport told(String agent, String operation, Throwable failure) {
    ErrorCode code = table.of(failure);
    ErrorReport report = new ErrorReport(nextId(), code, agent, operation, clock.now());
    meters.failures(agent).count(code.category(), code.severity());
    hearers.stream().filter(hearer -> hearer.wants(code)).forEach(hearer -> tell(hearer, report));
    return report;
  }

  private static void tell(Hearer hearer, ErrorReport report) {
    try {
      hearer.hear().accept(report);
    } catch (RuntimeException thrown) {
      LOG.error("who hears of errors failed", Undressed.of(thrown));
    }
  }

  private String nextId() {
    String id = DerivedId.of("log", origin, number.incrementAndGet()).toString().replace("-", "");
    return id.substring(0, ID_DIGITS);
  }

  private void logOutage(ErrorReport report, String subject, Throwable failure) {
    Place place = new Place(report.agent(), report.operation(), report.code().code());
    if (told.size() >= REMEMBERED_MAX && !told.containsKey(place)) {
      log(report, subject, failure, 0);
      return;
    }
    long now = clock.nanoTime();
    long[] spared = {0};
    Told after =
        told.compute(
            place,
            (same, before) -> {
              if (before != null && now - before.nanos() < STILL_EVERY.toNanos()) {
                return new Told(before.nanos(), before.spared() + 1, false);
              }
              spared[0] = before == null ? 0 : before.spared();
              return new Told(now, 0, true);
            });
    if (after.now()) {
      log(report, subject, failure, spared[0]);
    }
  }

  private static void log(ErrorReport report, String subject, Throwable failure, long spared) {
    ErrorCode code = report.code();
    boolean bug = code.kind() != Kind.OUTAGE;
    LoggingEventBuilder line =
        LOG.atLevel(bug ? Level.ERROR : Level.WARN)
            .addKeyValue("id", report.id())
            .addKeyValue("agent", report.agent())
            .addKeyValue("operation", report.operation())
            .addKeyValue("code", code.code())
            .addKeyValue("category", code.category().label())
            .addKeyValue("severity", code.severity().label())
            .addKeyValue("recovery", code.recovery().label());
    if (subject != null) {
      line = line.addKeyValue("subject", subject);
    }
    if (spared > 0) {
      line = line.addKeyValue("spared", spared);
    }
    if (bug) {
      line.setCause(Undressed.of(failure)).log("{} failed", report.operation());
    } else {
      line.log("{} failed: {}", report.operation(), outageText(failure));
    }
  }

  /** The message of an outage is for operators; of anything else the type must do. */
  private static String outageText(Throwable failure) {
    return failure instanceof Unavailable outage
        ? outage.getMessage()
        : failure.getClass().getName();
  }
}
