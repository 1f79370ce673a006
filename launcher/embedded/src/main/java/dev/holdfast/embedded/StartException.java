package dev.holdfast.embedded;

/** A server that could not be started; the message is one sentence that names the file or port. */
public final class StartException extends RuntimeException {
  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
