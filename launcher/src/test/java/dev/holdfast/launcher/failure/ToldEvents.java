package dev.holdfast.launcher.failure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What lies in the broker's topics, as an outsider reads it with Kafka's own consumer. */
final class ToldEvents {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Map<String, Set<String>> firstAppearances = new LinkedHashMap<>();
  private int told;

  private ToldEvents() {}

  /** All events of the topics up to their ends of now. */
  static ToldEvents read(String brokers, Set<String> topics) {
    ToldEvents events = new ToldEvents();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        consumer
            .partitionsFor(topic)
            .forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
      }
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long begin = System.nanoTime();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (System.nanoTime() - begin > LIMIT.toNanos()) {
          throw new AssertionError("the topics do not come to their ends");
        }
        consumer.poll(POLL).forEach(events::add);
      }
    }
    return events;
  }

  private void add(ConsumerRecord<byte[], byte[]> message) {
    told++;
    String aggregate = new String(message.key(), StandardCharsets.UTF_8);
    String id = new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    firstAppearances
        .computeIfAbsent(message.topic() + " " + aggregate, key -> new LinkedHashSet<>())
        .add(id);
  }

  /** Event ids by topic and aggregate, in the order in which each appeared first. */
  Map<String, List<String>> inOrder() {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    firstAppearances.forEach((key, events) -> ids.put(key, List.copyOf(events)));
    return ids;
  }

  /** How often an event was told again. */
  int repeats() {
    return told - firstAppearances.values().stream().mapToInt(Set::size).sum();
  }
}
