package dev.holdfast.stream;

import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer and the thread that owns it: polls, hands records over, commits what is finished,
 * pauses partitions with too much under way. Never waits for the work itself, so the group does not
 * lose the member while the work is slow.
 *
 * <p>Ends when it is told to, or when the consumer throws; a new loop with a new consumer follows
 * then.
 */
final class PollLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long COMMIT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);

  private final Supplier<KafkaConsumer<byte[], byte[]>> open;
  private final ConsumerSettings settings;
  private final Consumer<List<Polled>> sink;
  private final ConsumerCounts counts;
  private final Clock clock;
  private final CountDownLatch drained = new CountDownLatch(1);

  /** Of the polling thread alone. */
  private final Map<TopicPartition, PartitionProgress> assigned = new HashMap<>();

  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private boolean commitUnderWay;
  private long lastCommitNanos;

  /** Owned by the polling thread; others may only wake it. */
  private volatile KafkaConsumer<byte[], byte[]> consumer;

  private volatile long lastPollNanos;
  private volatile boolean stopping;
  private volatile boolean abandoned;
  private volatile boolean paused;

  /**
   * @param open makes the consumer, on the polling thread
   * @param sink takes records in the order of their partitions; called on the polling thread
   */
  PollLoop(
      Supplier<KafkaConsumer<byte[], byte[]>> open,
      ConsumerSettings settings,
      Consumer<List<Polled>> sink,
      ConsumerCounts counts,
      Clock clock) {
    this.open = open;
    this.settings = settings;
    this.sink = sink;
    this.counts = counts;
    this.clock = clock;
    this.lastPollNanos = clock.nanoTime();
  }

  /**
   * Polls until it is told to stop.
   *
   * @throws KafkaException when the consumer is of no use any more
   */
  @Override
  public void run() {
    consumer = open.get();
    try {
      consumer.subscribe(settings.topics(), new Rebalances());
      while (!stopping) {
        round();
      }
      drain();
    } finally {
      assigned.values().forEach(PartitionProgress::revoke);
      consumer.close(CLOSE_LIMIT);
    }
  }

  private void round() {
    pauseAndResume();
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      lastPollNanos = clock.nanoTime();
      handOver(records);
    } catch (WakeupException wanted) {
      lastPollNanos = clock.nanoTime();
    }
    if (clock.nanoTime() - lastCommitNanos >= COMMIT_EVERY_NANOS) {
      lastCommitNanos = clock.nanoTime();
      commit();
      measureLag();
    }
  }

  private void handOver(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty() || abandoned) {
      return;
    }
    List<Polled> batch = new ArrayList<>(records.count());
    for (TopicPartition partition : records.partitions()) {
      PartitionProgress progress = assigned.get(partition);
      var messages = records.records(partition);
      progress.handedOver(messages.size());
      messages.forEach(message -> batch.add(new Polled(progress, message)));
    }
    sink.accept(batch);
  }

  /** Kafka's pause of partitions; polling goes on, and keeps the member in its group. */
  private void pauseAndResume() {
    Set<TopicPartition> before = consumer.paused();
    Set<TopicPartition> pause = new HashSet<>();
    Set<TopicPartition> resume = new HashSet<>();
    assigned.forEach(
        (partition, progress) -> {
          int unfinished = progress.unfinished();
          if (!before.contains(partition) && unfinished >= settings.unfinishedMax()) {
            pause.add(partition);
          } else if (before.contains(partition) && unfinished <= settings.unfinishedMax() / 2) {
            resume.add(partition);
          }
        });
    consumer.pause(pause);
    consumer.resume(resume);
    paused = before.size() + pause.size() - resume.size() > 0;
  }

  /** From any thread: a partition that is paused may have room again. */
  void roomAgain(PartitionProgress progress) {
    if (paused && progress.unfinished() == settings.unfinishedMax() / 2) {
      wake();
    }
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> due = due(assigned.keySet());
    if (due.isEmpty() || commitUnderWay) {
      return;
    }
    commitUnderWay = true;
    consumer.commitAsync(
        due,
        (offsets, failure) -> {
          commitUnderWay = false;
          if (failure == null) {
            noteCommitted(offsets);
          } else {
            LOG.info("{}: a commit comes later: {}", settings.group(), failure.toString());
          }
        });
  }

  private Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
    for (TopicPartition partition : partitions) {
      PartitionProgress progress = assigned.get(partition);
      long reached = progress == null ? PartitionProgress.NOTHING : progress.committable();
      if (reached > committed.getOrDefault(partition, PartitionProgress.NOTHING)) {
        due.put(partition, new OffsetAndMetadata(reached));
      }
    }
    return due;
  }

  private void noteCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach((partition, place) -> committed.merge(partition, place.offset(), Math::max));
  }

  /** For the moments after which somebody else may take over; a failure costs repetitions only. */
  private void commitNow(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> due = due(partitions);
    if (due.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(due, COMMIT_LIMIT);
      noteCommitted(due);
    } catch (KafkaException lost) {
      LOG.info("{}: the last commit was lost: {}", settings.group(), lost.toString());
    }
  }

  private void measureLag() {
    long lag = 0;
    for (TopicPartition partition : assigned.keySet()) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    long inHand = assigned.values().stream().mapToLong(PartitionProgress::unfinished).sum();
    counts.show(assigned.size(), lag + inHand);
  }

  private void drain() {
    try {
      boolean allDone = drained.await(DRAIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("{} stops, drained: {}", settings.group(), allDone);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    if (!abandoned) {
      commitNow(List.copyOf(assigned.keySet()));
    }
  }

  /** From any thread: ends after the round in hand, and after {@link #drained}. */
  void stop() {
    stopping = true;
    wake();
  }

  private void wake() {
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  /** From any thread: no work is under way any more. */
  void drained() {
    drained.countDown();
  }

  /**
   * From any thread: it hangs, and another loop takes its place. What it has yet to say is void.
   */
  void abandon() {
    abandoned = true;
    stop();
    drained();
  }

  /** When the last poll came back, in {@link Clock#nanoTime}. */
  long lastPollNanos() {
    return lastPollNanos;
  }

  /** Called by Kafka inside a poll, on this thread. */
  private final class Rebalances implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        assigned.put(partition, new PartitionProgress());
        committed.remove(partition);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commitNow(partitions);
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        PartitionProgress progress = assigned.remove(partition);
        if (progress != null) {
          progress.revoke();
        }
      }
    }
  }
}
