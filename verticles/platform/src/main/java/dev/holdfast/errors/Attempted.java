package dev.holdfast.errors;

import java.util.Optional;

/**
 * What came of an operation that was executed safely.
 *
 * @param succeeded whether the value is the operation's own
 * @param value the operation's, or the fallback; null where that is null
 * @param error what failed; empty when it succeeded
 * @param <T> the value
 */
public record Attempted<T>(boolean succeeded, T value, Optional<ErrorReport> error) {
  static <T> Attempted<T> done(T value) {
    return new Attempted<>(true, value, Optional.empty());
  }

  static <T> Attempted<T> failed(T fallback, ErrorReport error) {
    return new Attempted<>(false, fallback, Optional.of(error));
  }

  /** The value of an operation whose fallback is null; empty when it failed. */
  public Optional<T> found() {
    return Optional.ofNullable(value);
  }
}
