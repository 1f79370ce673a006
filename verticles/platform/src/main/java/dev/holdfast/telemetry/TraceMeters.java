package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;

/** What becomes of spans on their way to a collector. */
public final class TraceMeters {
  private final Counter exported;
  private final Counter failed;
  private final Counter dropped;

  TraceMeters(Meters meters) {
    exported = meters.counter(Catalogue.TRACE_SPANS, "exported");
    failed = meters.counter(Catalogue.TRACE_SPANS, "failed");
    dropped = meters.counter(Catalogue.TRACE_SPANS, "dropped");
  }

  /** The collector took them. */
  public void exported(int spans) {
    exported.increment(spans);
  }

  /** The collector could not be reached, or refused them. */
  public void failed(int spans) {
    failed.increment(spans);
  }

  /** There was no room to keep one until it could be sent. */
  public void dropped() {
    dropped.increment();
  }
}
