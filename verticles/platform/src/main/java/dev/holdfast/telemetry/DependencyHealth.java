package dev.holdfast.telemetry;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How one thing that an agent leans on is doing, as last seen.
 *
 * @param name what it is: {@code database}, {@code kafka}, or a partner's name
 * @param state how it was last seen
 * @param facts what an operator wants to know of it, such as its type, the pool's use or the lag;
 *     no secrets, no personal data
 */
public record DependencyHealth(String name, State state, Map<String, Object> facts) {

  /** How a dependency was last seen. */
  public enum State {
    /** It answers. */
    CONNECTED,
    /** It answers in part or slowly; work goes on. */
    DEGRADED,
    /** It does not answer; we keep trying. */
    DISCONNECTED,
    /** It can't be used until somebody changes something. */
    FAILED,
    /** Nothing has been seen of it yet. */
    INITIALIZING;

    /** As it stands in JSON: lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public DependencyHealth {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(state, "state");
    facts = Map.copyOf(facts);
  }

  public DependencyHealth(String name, State state) {
    this(name, state, Map.of());
  }
}
