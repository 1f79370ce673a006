package dev.holdfast.trace;

/**
 * Something that is being done and can be seen as a part of what it is done for. Any thread.
 *
 * <p>A span is told once it is ended, and only then. What is asked of {@link #NONE} does nothing
 * and costs nothing.
 */
public sealed interface Span permits NoSpan, KeptSpan, OpenSpan {
  /** Nobody wants to see it. */
  Span NONE = new NoSpan();

  /** Whether anybody will see it; names need not be made otherwise. */
  boolean isRecorded();

  /**
   * Begins something that is done for this.
   *
   * @param name one of few, such as {@code order.Place}; no ids
   */
  Span child(Part part, String name);

  /** Adds a fact; returns this. */
  Span with(Fact fact, String value);

  /** Adds a fact; returns this. */
  Span with(Fact fact, long value);

  /** Names another that has to do with it and is not its parent, such as a shared transaction. */
  void link(Span other);

  /**
   * It failed; to be ended all the same. Returns this.
   *
   * @param kind a code, or the class of what was thrown
   */
  Span fail(String kind);

  /** It is done. */
  void end();

  /**
   * It is done, or failed.
   *
   * @param failure null when it went well; its kind is told, its text is not
   */
  void end(Throwable failure);

  /** As it is written into rows and headers; null when it is not recorded. */
  String traceparent();

  /** 32 hexadecimal digits that all spans of one trace have in common; null when not recorded. */
  String traceId();

  /** Its own id, 16 hexadecimal digits; null when not recorded. */
  String spanId();
}
