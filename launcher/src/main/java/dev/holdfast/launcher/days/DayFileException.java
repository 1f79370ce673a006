package dev.holdfast.launcher.days;

/** A file that cannot be replayed at all; the message is the one sentence that a person is told. */
public final class DayFileException extends RuntimeException {
  public DayFileException(String message) {
    super(message);
  }
}
