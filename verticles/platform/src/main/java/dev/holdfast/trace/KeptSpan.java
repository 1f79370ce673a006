package dev.holdfast.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** A span that was begun elsewhere, or in an earlier life: a parent, and nothing else. */
final class KeptSpan implements Span {
  private final Tracer tracer;
  private final SpanContext known;
  private final Context parent;

  KeptSpan(Tracer tracer, SpanContext known) {
    this.tracer = tracer;
    this.known = known;
    this.parent = Context.root().with(io.opentelemetry.api.trace.Span.wrap(known));
  }

  @Override
  public boolean isRecorded() {
    return true;
  }

  @Override
  public Span child(Part part, String name) {
    return OpenSpan.begin(tracer, parent, part, name);
  }

  @Override
  public Span with(Fact fact, String value) {
    return this;
  }

  @Override
  public Span with(Fact fact, long value) {
    return this;
  }

  @Override
  public void link(Span other) {
    // Whoever began it links it.
  }

  @Override
  public Span fail(String kind) {
    return this;
  }

  @Override
  public void end() {
    // Whoever began it ends it.
  }

  @Override
  public void end(Throwable failure) {
    // Whoever began it ends it.
  }

  @Override
  public String traceparent() {
    return Traceparent.write(known);
  }

  @Override
  public String traceId() {
    return known.getTraceId();
  }

  @Override
  public String spanId() {
    return known.getSpanId();
  }

  SpanContext known() {
    return known;
  }
}
