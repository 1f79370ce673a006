package dev.holdfast.alert;

import dev.holdfast.kernel.Backoff;
import java.time.Duration;

/**
 * How notifications are brought to receivers.
 *
 * @param answerWithin how long a receiver has to answer
 * @param retry waits between attempts
 * @param giveUpAfter how long one is tried, from when it was to be told
 * @param atOnce how many are under way to one receiver; those of one alert are told one by one
 * @param waitingMax how many wait for one receiver in memory; more wait in the database alone
 */
public record DeliveryPolicy(
    Duration answerWithin, Backoff retry, Duration giveUpAfter, int atOnce, int waitingMax) {
  public DeliveryPolicy {
    if (answerWithin.toMillis() < 1 || atOnce < 1 || waitingMax < 1) {
      throw new IllegalArgumentException("a delivery needs time and a place");
    }
  }
}
