package dev.holdfast.stream;

import dev.holdfast.stream.SendAttempt.Sent;
import dev.holdfast.trace.Fact;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Traces;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * One producer at a time, replaced after every failure.
 *
 * <p>It is Kafka's own producer on a worker of ours: the Vert.x client's queues every send on one
 * thread without end, and with the broker away each of them waits out its time behind the one
 * before. Here the first failure ends the batch.
 *
 * <p>The first failure also closes the producer with no time left, on the thread that sees it:
 * whatever waits behind the failed message in its partition is dropped before it could be sent and
 * overtake it.
 */
final class RelayProducer {
  /** Beyond the producer's own delivery timeout, something in it hangs. */
  private static final long HANG_MS = KafkaSettings.DELIVERY_MS + 5_000L;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final KafkaSettings kafka;
  private final Traces traces;
  private final WorkerExecutor worker;

  /** These two are touched on the worker alone. */
  private Producer<byte[], byte[]> producer;

  private SendAttempt last;

  RelayProducer(Vertx vertx, KafkaSettings kafka, Traces traces) {
    this.kafka = kafka;
    this.traces = traces;
    this.worker =
        vertx.createSharedWorkerExecutor(
            "holdfast-relay-" + kafka.node(), 1, HANG_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * Sends a batch in its order.
   *
   * @return what became of it, within {@value #HANG_MS} ms; never fails
   */
  Future<Sent> send(List<Unsent> batch) {
    return worker
        .executeBlocking(() -> begin(batch))
        .compose(attempt -> attempt.done().future())
        .timeout(HANG_MS, TimeUnit.MILLISECONDS)
        .otherwise(failure -> new Sent(List.of(), null, failure));
  }

  private SendAttempt begin(List<Unsent> batch) {
    Producer<byte[], byte[]> current = fresh();
    SendAttempt attempt = new SendAttempt(() -> current.close(Duration.ZERO));
    last = attempt;
    for (Unsent event : batch) {
      if (attempt.failed()) {
        break;
      }
      hand(current, event, attempt);
    }
    attempt.handedOver();
    return attempt;
  }

  /** The producer of the last batch if that went well, else a new one. */
  private Producer<byte[], byte[]> fresh() {
    if (last != null && (last.failed() || !last.done().future().isComplete())) {
      discard(Duration.ZERO);
    }
    if (producer == null) {
      producer = new KafkaProducer<>(kafka.producer());
    }
    return producer;
  }

  private void discard(Duration limit) {
    last = null;
    if (producer != null) {
      producer.close(limit);
      producer = null;
    }
  }

  private void hand(Producer<byte[], byte[]> producer, Unsent event, SendAttempt attempt) {
    attempt.began();
    Span span = telling(event.row());
    try {
      // The callback hears what this future says, and earlier.
      var unused =
          producer.send(
              Envelope.seal(event.row(), span.traceparent()),
              (place, failure) -> {
                span.end(failure);
                attempt.ended(event, failure);
              });
    } catch (RuntimeException closedMeanwhile) {
      span.end(closedMeanwhile);
      attempt.ended(event, closedMeanwhile);
    }
  }

  private Span telling(OutboxRow row) {
    Span cause = traces.kept(row.traceparent());
    return cause.isRecorded()
        ? cause
            .child(Part.TELLS, "send " + row.topic())
            .with(Fact.MESSAGING, "kafka")
            .with(Fact.TOPIC, row.topic())
            .with(Fact.EVENT, row.eventId().toString())
        : Span.NONE;
  }

  /** Gives what is on its way two seconds. */
  Future<Void> close() {
    return worker
        .executeBlocking(
            () -> {
              discard(CLOSE_LIMIT);
              return null;
            })
        .eventually(worker::close)
        .mapEmpty();
  }
}
