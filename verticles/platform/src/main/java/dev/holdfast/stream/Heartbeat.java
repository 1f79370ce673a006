package dev.holdfast.stream;

import dev.holdfast.kernel.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a small record twice a second and reads it back, over connections of its own: whether the
 * broker acknowledges and hands out records, known also while there are no events to tell. One
 * thread; nobody waits for it.
 */
public final class Heartbeat {
  /** Where heartbeats go; must be there. */
  public static final Topic TOPIC = new Topic("holdfast.heartbeat", 1, Duration.ofMinutes(10));

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE_LIMIT = Duration.ZERO;
  private static final long AGAIN_MS = 500;

  private final KafkaSettings kafka;
  private final Clock clock;
  private final byte[] own;
  private final TopicPartition place = new TopicPartition(TOPIC.name(), 0);
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean stopping;
  private volatile long ackedNanos;
  private volatile long heardNanos;
  private volatile boolean everAcked;
  private volatile boolean everHeard;

  /** Not begun before {@link #start}. */
  public Heartbeat(KafkaSettings kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
    this.own = kafka.node().getBytes(StandardCharsets.UTF_8);
    this.thread = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::run);
  }

  /** Begins; does not wait for the broker. */
  public void start() {
    thread.start();
  }

  /** Ends soon; does not wait. */
  public void stop() {
    stopping = true;
    stopped.countDown();
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  /** Milliseconds since the broker last acknowledged a record of ours. Any thread. */
  public long ackedAgoMs() {
    return everAcked ? since(ackedNanos) : Long.MAX_VALUE;
  }

  /** Milliseconds since the broker last handed out a record of ours. Any thread. */
  public long heardAgoMs() {
    return everHeard ? since(heardNanos) : Long.MAX_VALUE;
  }

  private long since(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - nanos);
  }

  private void run() {
    while (!stopping) {
      try (KafkaConsumer<byte[], byte[]> reading = new KafkaConsumer<>(kafka.heartbeatConsumer());
          Producer<byte[], byte[]> writing = new KafkaProducer<>(kafka.heartbeatProducer())) {
        consumer = reading;
        reading.assign(List.of(place));
        beat(writing, reading);
        writing.close(CLOSE_LIMIT);
      } catch (WakeupException stop) {
        LOG.debug("heartbeats stop");
      } catch (RuntimeException failure) {
        LOG.warn("heartbeats begin anew: {}", failure.toString());
        rest();
      }
    }
  }

  private void beat(Producer<byte[], byte[]> writing, KafkaConsumer<byte[], byte[]> reading) {
    long dueNanos = clock.nanoTime();
    while (!stopping) {
      if (clock.nanoTime() - dueNanos >= 0) {
        dueNanos = clock.nanoTime() + EVERY_NANOS;
        send(writing);
      }
      for (ConsumerRecord<byte[], byte[]> beat : reading.poll(POLL)) {
        if (Arrays.equals(own, beat.key())) {
          heardNanos = clock.nanoTime();
          everHeard = true;
        }
      }
    }
  }

  private void send(Producer<byte[], byte[]> writing) {
    // The callback hears what this future says.
    var unused =
        writing.send(
            new ProducerRecord<>(TOPIC.name(), place.partition(), own, own),
            (at, failure) -> {
              if (failure == null) {
                ackedNanos = clock.nanoTime();
                everAcked = true;
              }
            });
  }

  private void rest() {
    try {
      stopping = stopped.await(AGAIN_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurry) {
      stopping = true;
    }
  }
}
