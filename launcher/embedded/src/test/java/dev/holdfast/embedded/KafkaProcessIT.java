package dev.holdfast.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaProcessIT {
  private static final KafkaOptions OPTIONS = KafkaOptions.defaults();
  private static final String TOPIC = "events";

  @TempDir Path folder;

  @Test
  void records_acknowledged_before_kill_9_are_read_after_a_restart_on_the_same_port()
      throws Exception {
    KafkaProcess first = KafkaProcess.start(folder, OPTIONS);
    createTopic(first);
    send(first, 200);
    assertTrue(ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly());
    first.onExit().get(10, SECONDS);
    assertFalse(first.isAlive());
    try (KafkaProcess second = KafkaProcess.start(folder, OPTIONS.onPort(first.port()))) {
      assertEquals(first.port(), second.port());
      assertEquals(200, readAll(second).size());
    } finally {
      first.close();
    }
  }

  @Test
  void a_stop_ends_the_broker_and_may_be_called_twice() throws Exception {
    KafkaProcess broker = KafkaProcess.start(folder, OPTIONS);
    broker.close();
    broker.close();
    broker.onExit().get(1, SECONDS);
    assertFalse(broker.isAlive());
  }

  private static void createTopic(KafkaProcess broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(20, SECONDS);
    }
  }

  private static void send(KafkaProcess broker, int records) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      for (int number = 0; number < records; number++) {
        producer.send(new ProducerRecord<>(TOPIC, "event " + number)).get(20, SECONDS);
      }
    }
  }

  private static List<String> readAll(KafkaProcess broker) {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofSeconds(1))
            .records(partition)
            .forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
