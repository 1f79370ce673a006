package dev.holdfast.stream;

import static dev.holdfast.kernel.ErrorCategory.CONFIGURATION;
import static dev.holdfast.kernel.ErrorCategory.KAFKA;
import static dev.holdfast.kernel.ErrorCategory.VALIDATION;
import static dev.holdfast.kernel.ErrorRecovery.DEGRADE;
import static dev.holdfast.kernel.ErrorRecovery.RETRY;

import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorSeverity;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.errors.WakeupException;

/** The errors of Kafka, by the classes of its client. */
public final class KafkaErrors implements ErrorCodes {
  private static final ErrorCode AWAY =
      ErrorCode.outage(
          "broker_away",
          KAFKA,
          ErrorSeverity.HIGH,
          DEGRADE,
          "The broker does not answer; events wait in the outbox.");

  private static final ErrorCode BUSY =
      ErrorCode.outage(
          "broker_not_ready",
          KAFKA,
          ErrorSeverity.MEDIUM,
          RETRY,
          "The broker can't do it now: a leader is being chosen, a replica is missing.");

  private static final ErrorCode CLIENT_ENDED =
      ErrorCode.outage(
          "kafka_client_ended",
          KAFKA,
          ErrorSeverity.LOW,
          RETRY,
          "This producer or consumer is over: fenced, out of its group, woken up; a new one is"
              + " made.");

  private static final ErrorCode REFUSED =
      ErrorCode.outage(
          "broker_refuses_us",
          CONFIGURATION,
          ErrorSeverity.HIGH,
          DEGRADE,
          "The broker refuses login, rights, version or a setting; events wait in the outbox.");

  private static final ErrorCode FAILED =
      ErrorCode.outage(
          "kafka_failed",
          KAFKA,
          ErrorSeverity.MEDIUM,
          RETRY,
          "Another failure of Kafka's client; a new one is made.");

  private static final ErrorCode NO_CONSUMER =
      ErrorCode.outage(
          EventLetters.NO_CONSUMER,
          KAFKA,
          ErrorSeverity.LOW,
          RETRY,
          "The agent hears no events on this node.");

  private static final ErrorCode UNSENDABLE =
      ErrorCode.bug(
          "event_unsendable",
          KAFKA,
          ErrorSeverity.MEDIUM,
          "The broker would refuse the event for ever; it becomes a dead letter.");

  private static final ErrorCode TOO_LARGE =
      ErrorCode.bug(
          "event_too_large",
          VALIDATION,
          ErrorSeverity.MEDIUM,
          "A command made an event longer than a broker takes.");

  private static final ErrorCode UNREADABLE =
      ErrorCode.bug(
          "event_unreadable",
          VALIDATION,
          ErrorSeverity.MEDIUM,
          "A record of a topic is no event of ours; it becomes a dead letter.");

  @Override
  public List<ErrorCode> codes() {
    return List.of(
        AWAY, BUSY, CLIENT_ENDED, REFUSED, FAILED, NO_CONSUMER, UNSENDABLE, TOO_LARGE, UNREADABLE);
  }

  /** Whether the broker would refuse the message for ever. */
  static boolean isUnsendable(Throwable failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof RecordBatchTooLargeException
        || failure instanceof InvalidTopicException
        || failure instanceof InvalidRecordException;
  }

  @Override
  public Optional<ErrorCode> of(Throwable failure) {
    if (failure instanceof EventTooLarge) {
      return Optional.of(TOO_LARGE);
    }
    if (failure instanceof Unreadable) {
      return Optional.of(UNREADABLE);
    }
    return failure instanceof KafkaException kafka ? Optional.of(ofKafka(kafka)) : Optional.empty();
  }

  private static ErrorCode ofKafka(KafkaException failure) {
    if (isUnsendable(failure)) {
      return UNSENDABLE;
    }
    return switch (failure) {
      case TimeoutException late -> AWAY;
      case DisconnectException away -> AWAY;
      case AuthenticationException refused -> REFUSED;
      case AuthorizationException refused -> REFUSED;
      case UnsupportedVersionException refused -> REFUSED;
      case InvalidConfigurationException refused -> REFUSED;
      case ConfigException refused -> REFUSED;
      case RetriableException busy -> BUSY;
      case WakeupException ended -> CLIENT_ENDED;
      case InterruptException ended -> CLIENT_ENDED;
      case ApiException ended -> CLIENT_ENDED;
      default -> FAILED;
    };
  }
}
