package dev.holdfast.trace;

import dev.holdfast.telemetry.TraceMeters;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what becomes of ended spans, and lets no more of them wait than there is room for. A
 * collector that is away is said once, and once more when it is there again.
 */
final class ExportCounts implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(ExportCounts.class);

  /** Kept, because a logger that nobody holds forgets its level. */
  private static final java.util.logging.Logger OWN =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  private final SpanExporter exporter;
  private final int waitingMax;
  private final AtomicInteger waiting = new AtomicInteger();
  private final TraceMeters meters;
  private final AtomicBoolean away = new AtomicBoolean();

  ExportCounts(SpanExporter exporter, int waitingMax, TraceMeters meters) {
    this.exporter = exporter;
    this.waitingMax = waitingMax;
    this.meters = meters;
    // It writes to the terminal, past our log, what is counted and said here.
    OWN.setLevel(Level.OFF);
  }

  /** Hands on what there is room for. */
  SpanProcessor before(SpanProcessor batches) {
    return new Room(batches);
  }

  private final class Room implements SpanProcessor {
    private final SpanProcessor batches;

    Room(SpanProcessor batches) {
      this.batches = batches;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      // A span counts when it has ended.
    }

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      if (waiting.get() >= waitingMax) {
        meters.dropped();
      } else {
        waiting.incrementAndGet();
        batches.onEnd(span);
      }
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }

    @Override
    public CompletableResultCode shutdown() {
      return batches.shutdown();
    }

    @Override
    public CompletableResultCode forceFlush() {
      return batches.forceFlush();
    }
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    waiting.addAndGet(-count);
    CompletableResultCode sent = exporter.export(spans);
    return sent.whenComplete(() -> ended(sent, count));
  }

  private void ended(CompletableResultCode sent, int count) {
    if (sent.isSuccess()) {
      meters.exported(count);
      if (away.compareAndSet(true, false)) {
        LOG.info("the collector takes traces again");
      }
    } else {
      meters.failed(count);
      if (away.compareAndSet(false, true)) {
        LOG.warn("the collector takes no traces: {}", reason(sent.getFailureThrowable()));
      }
    }
  }

  private static String reason(Throwable failure) {
    return failure == null ? "it refused them" : failure.getClass().getName();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
