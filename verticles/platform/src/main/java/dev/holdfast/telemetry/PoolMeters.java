package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;

/** One database pool. */
public final class PoolMeters {
  private final Reading size;
  private final Reading inUse;
  private final Reading waiting;
  private final DistributionSummary acquire;
  private final Counter cuts;

  PoolMeters(Meters meters, String pool) {
    size = meters.reading(Catalogue.POOL_SIZE, pool);
    inUse = meters.reading(Catalogue.POOL_IN_USE, pool);
    waiting = meters.reading(Catalogue.POOL_WAITING, pool);
    acquire = meters.histogram(Catalogue.POOL_ACQUIRE, pool);
    cuts = meters.counter(Catalogue.POOL_CUTS, pool);
  }

  /** Connections held, lent or not. */
  public Reading size() {
    return size;
  }

  /** Connections lent. */
  public Reading inUse() {
    return inUse;
  }

  /** Requests waiting for a connection. */
  public Reading waiting() {
    return waiting;
  }

  /** A connection was lent after this wait. */
  public void acquired(long nanos) {
    acquire.record(nanos / 1e9);
  }

  /** A connection was cut because a deadline passed. */
  public void cut() {
    cuts.increment();
  }
}
