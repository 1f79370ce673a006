package dev.holdfast.trace;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a thread is busy with while it runs a piece of code: whoever logs or asks in there can say
 * whose doing it is. It ends with the piece; what is done later, when an answer comes, is a piece
 * of its own.
 *
 * @param span what it is a part of
 * @param agent whose code it is: an agent's name, a workflow's, a listener's; or null
 * @param run the workflow run, or null
 * @param subject what it is about, such as an order's id: the key of a lane; or null
 */
public record Work(Span span, String agent, UUID run, String subject) {
  /** Nothing that has a name. */
  public static final Work NOTHING = new Work(Span.NONE, null, null, null);

  private static final ThreadLocal<Work> CURRENT = new ThreadLocal<>();

  /** An agent's. */
  public static Work of(String agent, Span span, String subject) {
    return new Work(span, agent, null, subject);
  }

  /** What this thread is busy with; {@link #NOTHING} when nobody said so. */
  public static Work current() {
    Work current = CURRENT.get();
    return current == null ? NOTHING : current;
  }

  /** Runs a piece of it. */
  public void run(Runnable piece) {
    Work before = CURRENT.get();
    CURRENT.set(this);
    try {
      piece.run();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Runs a piece of it that answers. */
  public <T> T call(Supplier<T> piece) {
    Work before = CURRENT.get();
    CURRENT.set(this);
    try {
      return piece.get();
    } finally {
      CURRENT.set(before);
    }
  }
}
