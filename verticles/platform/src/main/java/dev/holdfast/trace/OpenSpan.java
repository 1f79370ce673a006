package dev.holdfast.trace;

import dev.holdfast.kernel.Unavailable;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** A span of this process that somebody wants to see. */
final class OpenSpan implements Span {
  private final Tracer tracer;
  private final io.opentelemetry.api.trace.Span span;

  private OpenSpan(Tracer tracer, io.opentelemetry.api.trace.Span span) {
    this.tracer = tracer;
    this.span = span;
  }

  /** Begins a span; {@link Span#NONE} when the sampler does not want it. */
  static Span begin(Tracer tracer, Context parent, Part part, String name) {
    io.opentelemetry.api.trace.Span span =
        tracer.spanBuilder(name).setParent(parent).setSpanKind(part.kind()).startSpan();
    return span.isRecording() ? new OpenSpan(tracer, span) : NONE;
  }

  @Override
  public boolean isRecorded() {
    return true;
  }

  @Override
  public Span child(Part part, String name) {
    return begin(tracer, Context.root().with(span), part, name);
  }

  @Override
  public Span with(Fact fact, String value) {
    span.setAttribute(fact.text(), value);
    return this;
  }

  @Override
  public Span with(Fact fact, long value) {
    span.setAttribute(fact.number(), value);
    return this;
  }

  @Override
  public void link(Span other) {
    switch (other) {
      case OpenSpan open -> span.addLink(open.known());
      case KeptSpan kept -> span.addLink(kept.known());
      case NoSpan none -> {}
    }
  }

  @Override
  public Span fail(String kind) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute(Fact.ERROR.text(), kind);
    return this;
  }

  @Override
  public void end() {
    span.end();
  }

  @Override
  public void end(Throwable failure) {
    if (failure != null) {
      fail(kind(failure));
    }
    span.end();
  }

  private static String kind(Throwable failure) {
    return failure instanceof Unavailable outage ? outage.code() : failure.getClass().getName();
  }

  @Override
  public String traceparent() {
    return Traceparent.write(known());
  }

  @Override
  public String traceId() {
    return known().getTraceId();
  }

  @Override
  public String spanId() {
    return known().getSpanId();
  }

  SpanContext known() {
    return span.getSpanContext();
  }
}
