package dev.holdfast.launcher.process;

/** What a person can put right; the message is the one sentence that they are told. */
public final class Complaint extends RuntimeException {
  public Complaint(String message) {
    super(message);
  }
}
