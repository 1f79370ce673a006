package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicInteger;

/** Events and WebSockets of the observability listener. Safe on any thread. */
public final class LiveEventMeters {
  private final Counter received;
  private final Counter failed;
  private final Counter opened;
  private final Counter closed;
  private final Counter missed;
  private final Reading followers;
  private final AtomicInteger open = new AtomicInteger();

  LiveEventMeters(Meters meters) {
    received = meters.counter(GivenMeter.EVENTS_RECEIVED);
    failed = meters.counter(GivenMeter.EVENTS_FAILED);
    opened = meters.counter(GivenMeter.WEBSOCKETS_OPENED);
    closed = meters.counter(GivenMeter.WEBSOCKETS_CLOSED);
    meters.reading(GivenMeter.WEBSOCKETS).from(open::get);
    missed = meters.counter(Catalogue.EVENTS_MISSED);
    followers = meters.reading(Catalogue.EVENT_FOLLOWERS);
  }

  /** An event was taken in. */
  public void received() {
    received.increment();
  }

  /** An event was refused. */
  public void failed() {
    failed.increment();
  }

  /** A WebSocket was opened. */
  public void opened() {
    opened.increment();
    open.incrementAndGet();
  }

  /** A WebSocket was closed. */
  public void closed() {
    closed.increment();
    open.decrementAndGet();
  }

  /** A client was too slow for so many events. */
  public void missed(long events) {
    missed.increment((double) events);
  }

  /** Clients that follow the events. */
  public Reading followers() {
    return followers;
  }

  /** Events taken in since the process started. */
  public long receivedSoFar() {
    return (long) received.count();
  }

  /** WebSockets that are open. */
  public int openNow() {
    return open.get();
  }
}
