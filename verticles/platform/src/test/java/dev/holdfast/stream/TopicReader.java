package dev.holdfast.stream;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning, as an outsider, with Kafka's own consumer. */
final class TopicReader implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Received> events = new ArrayList<>();

  TopicReader(String bootstrapServers, String topic, int partitions) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                "metadata.max.age.ms",
                500),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        IntStream.range(0, partitions).mapToObj(at -> new TopicPartition(topic, at)).toList());
  }

  /** All events so far, once there are that many. */
  List<Received> read(int atLeast, Duration limit) {
    long begin = System.nanoTime();
    while (events.size() < atLeast) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        fail("only " + events.size() + " of " + atLeast + " events after " + limit);
      }
      consumer.poll(Duration.ofMillis(100)).forEach(message -> events.add(Envelope.open(message)));
    }
    return List.copyOf(events);
  }

  /** The versions of one aggregate in the order in which each appeared first. */
  static List<Long> firstAppearances(List<Received> events, String aggregate) {
    return events.stream()
        .filter(event -> event.aggregate().equals(aggregate))
        .map(Received::version)
        .distinct()
        .toList();
  }

  static List<UUID> ids(List<Received> events) {
    return events.stream().map(Received::eventId).toList();
  }

  @Override
  public void close() {
    consumer.close(Duration.ofSeconds(2));
  }
}
