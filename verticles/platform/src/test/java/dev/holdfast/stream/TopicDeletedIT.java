package dev.holdfast.stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.testing.KafkaExtension;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody deletes a topic under a running relay. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class TopicDeletedIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOPIC = KafkaExtension.uniqueName("deleted");

  @Tag("E-175")
  @Test
  void a_topic_that_was_deleted_is_made_anew_and_later_events_are_told(TestDatabase database)
      throws Exception {
    RelayStage stage = new RelayStage(database);
    stage.reset("a", 1);
    OutboxRelay relay = stage.relay(stage.database, brokers(), "a", 1, TOPIC);
    RelayStage.await(relay.start());
    stage.commit(TOPIC, "order-1", 1, 3);
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);

    delete();
    stage.commit(TOPIC, "order-1", 4, 6);
    relay.nudge();

    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    try (TopicReader reader = new TopicReader(brokers(), TOPIC, Topic.PARTITIONS)) {
      assertEquals(
          List.of(4L, 5L, 6L), TopicReader.firstAppearances(reader.read(3, LIMIT), "order-1"));
    }
    RelayStage.await(relay.stop());
    stage.close();
  }

  private static String brokers() {
    return KafkaExtension.broker().bootstrapServers();
  }

  private static void delete() throws Exception {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers()))) {
      admin.deleteTopics(List.of(TOPIC)).all().get(20, TimeUnit.SECONDS);
      await().atMost(LIMIT).until(() -> !admin.listTopics().names().get().contains(TOPIC));
    }
  }
}
