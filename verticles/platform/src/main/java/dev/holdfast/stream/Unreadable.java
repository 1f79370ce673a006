package dev.holdfast.stream;

/** A record of a topic is no event of ours. The message names what is wrong, and quotes nothing. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unreadable(String message) {
    super(message, null, false, false);
  }
}
