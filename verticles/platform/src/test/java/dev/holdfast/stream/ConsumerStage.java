package dev.holdfast.stream;

import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.Reports;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic that somebody else fills, and consumers of it. */
final class ConsumerStage implements AutoCloseable {
  private final RelayStage stage;
  private final String brokers;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  ConsumerStage(RelayStage stage, String brokers) {
    this.stage = stage;
    this.brokers = brokers;
    this.admin = Admin.create(Map.of("bootstrap.servers", brokers));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void make(String topic, int partitions) throws Exception {
    admin
        .createTopics(Set.of(new NewTopic(topic, partitions, (short) 1)))
        .all()
        .get(20, TimeUnit.SECONDS);
  }

  void send(String topic, String aggregate, long from, long to) throws Exception {
    for (long version = from; version <= to; version++) {
      send(Envelope.seal(RelayStage.row(topic, aggregate, version)));
    }
  }

  void send(ProducerRecord<byte[], byte[]> message) throws Exception {
    producer.send(message).get(20, TimeUnit.SECONDS);
  }

  EventConsumer consumer(
      ConsumerSettings settings, String node, Function<Received, Future<Void>> handler) {
    return new EventConsumer(
        stage.vertx,
        KafkaSettings.plain(brokers, node),
        settings,
        handler,
        new DeadLetterStore(stage.database),
        new Meters(),
        stage.clock,
        Reports.of(stage.clock));
  }

  /** The committed offsets of a group, added up. */
  long committed(ConsumerSettings settings) throws Exception {
    Map<TopicPartition, org.apache.kafka.clients.consumer.OffsetAndMetadata> offsets =
        admin
            .listConsumerGroupOffsets(settings.group())
            .partitionsToOffsetAndMetadata()
            .get(20, TimeUnit.SECONDS);
    return offsets.values().stream().mapToLong(place -> place.offset()).sum();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
    admin.close(Duration.ofSeconds(2));
  }
}
