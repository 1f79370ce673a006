package dev.holdfast.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** W3C Trace Context, level 1: {@code 00-<trace>-<span>-<flags>}, lower case. */
final class Traceparent {
  /** Later versions may append what is not known here; version ff is none. */
  private static final Pattern FORM =
      Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private static final String VERSION = "00";
  private static final int LENGTH_MAX = 512;

  private Traceparent() {}

  static String write(SpanContext context) {
    return VERSION
        + "-"
        + context.getTraceId()
        + "-"
        + context.getSpanId()
        + "-"
        + context.getTraceFlags().asHex();
  }

  /**
   * What a text names; empty when it is null or names nothing, so that a header of a stranger hurts
   * nobody.
   */
  static Optional<SpanContext> read(String text) {
    if (text == null || text.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    Matcher found = FORM.matcher(text);
    if (!found.matches() || (found.group(5) != null && found.group(1).equals(VERSION))) {
      return Optional.empty();
    }
    SpanContext context =
        SpanContext.createFromRemoteParent(
            found.group(2),
            found.group(3),
            TraceFlags.fromHex(found.group(4), 0),
            TraceState.getDefault());
    return context.isValid() ? Optional.of(context) : Optional.empty();
  }
}
