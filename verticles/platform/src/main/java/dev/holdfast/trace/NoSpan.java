package dev.holdfast.trace;

/** What is not seen, and what is done for it. */
final class NoSpan implements Span {
  @Override
  public boolean isRecorded() {
    return false;
  }

  @Override
  public Span child(Part part, String name) {
    return this;
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
    // There is nothing to link.
  }

  @Override
  public Span fail(String kind) {
    return this;
  }

  @Override
  public void end() {
    // It was never begun.
  }

  @Override
  public void end(Throwable failure) {
    // It was never begun.
  }

  @Override
  public String traceparent() {
    return null;
  }

  @Override
  public String traceId() {
    return null;
  }

  @Override
  public String spanId() {
    return null;
  }
}
