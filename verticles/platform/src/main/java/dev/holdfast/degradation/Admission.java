package dev.holdfast.degradation;

import java.time.Duration;

/** Whether and how a request may begin. */
public sealed interface Admission {
  /** It may begin as always. */
  Admission ACCEPT = new Accept();

  /** The agent takes it. */
  record Accept() implements Admission {}

  /** It is a write that is to be kept as an intent: accepted, to be confirmed. */
  record AsIntent() implements Admission {}

  /**
   * It must not begin, because it could not be kept.
   *
   * @param code stable, such as {@code feature_off}
   * @param reason one sentence for the requester; no internals
   * @param retryAfter when to ask again
   */
  record Refuse(String code, String reason, Duration retryAfter) implements Admission {}
}
