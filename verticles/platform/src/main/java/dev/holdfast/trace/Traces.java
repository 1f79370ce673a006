package dev.holdfast.trace;

import dev.holdfast.telemetry.TraceMeters;

/** Where traces begin and go on. Any thread. */
public interface Traces extends AutoCloseable {
  /** Nobody wants to see anything. */
  Traces OFF =
      new Traces() {
        @Override
        public Span request(String traceparent, String name) {
          return Span.NONE;
        }

        @Override
        public Span kept(String traceparent) {
          return Span.NONE;
        }

        @Override
        public void close() {
          // Nothing was opened.
        }
      };

  /** Traces that are sent to a collector as the settings say; the SDK runs from here on. */
  static Traces to(TraceSettings collector, TraceMeters meters) {
    return new CollectedTraces(collector, meters);
  }

  /**
   * A request from outside: goes on with the trace that it names, or begins one.
   *
   * @param traceparent what the request's header says; null or no {@code traceparent} at all begins
   *     a trace
   * @param name the route
   * @return {@link Span#NONE} when the sampler does not want it
   */
  Span request(String traceparent, String name);

  /**
   * The parent that a row or a message names.
   *
   * @param traceparent of {@link Span#traceparent}; null when there was none
   * @return {@link Span#NONE} when there was none; no trace begins here
   */
  Span kept(String traceparent);

  /** Sends what is ended, for five seconds at most, and stops. Blocks. */
  @Override
  void close();
}
