package dev.holdfast.bus;

import dev.holdfast.kernel.Refusal;

/** A question that can't be answered, such as one about a thing that is not there. */
public final class QueryRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal why;

  public QueryRefused(Refusal why) {
    super(why.message(), null, false, false);
    this.why = why;
  }

  public Refusal why() {
    return why;
  }
}
