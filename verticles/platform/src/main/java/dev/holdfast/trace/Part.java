package dev.holdfast.trace;

import io.opentelemetry.api.trace.SpanKind;

/** What a span is to the one that it is done for. */
public enum Part {
  /** A request from outside is answered. */
  SERVES(SpanKind.SERVER),
  /** Somebody else is asked, and waited for. */
  ASKS(SpanKind.CLIENT),
  /** A message is left for whoever hears it. */
  TELLS(SpanKind.PRODUCER),
  /** A message is taken and worked off. */
  HEARS(SpanKind.CONSUMER),
  /** Work of one's own. */
  WORKS(SpanKind.INTERNAL);

  private final SpanKind kind;

  Part(SpanKind kind) {
    this.kind = kind;
  }

  SpanKind kind() {
    return kind;
  }
}
