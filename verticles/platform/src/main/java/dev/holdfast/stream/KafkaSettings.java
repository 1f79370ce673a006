package dev.holdfast.stream;

import dev.holdfast.kernel.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where the broker is and who we are.
 *
 * @param bootstrapServers {@code host:port}, several joined by commas
 * @param node this node's name; part of the fixed client ids
 * @param security Kafka's own settings that begin with {@code security.}, {@code ssl.} or {@code
 *     sasl.}; empty for a broker without
 */
public record KafkaSettings(String bootstrapServers, String node, Map<String, Secret> security) {
  private static final List<String> SECURITY = List.of("security.", "ssl.", "sasl.");

  /** How long a send may wait for a broker it does not know yet. */
  static final int MAX_BLOCK_MS = 1_000;

  /** From a send to its acknowledgement or its failure, the client's own retries included. */
  static final int DELIVERY_MS = 10_000;

  static final int REQUEST_MS = 5_000;
  private static final int HEARTBEAT_WITHIN_MS = 1_000;
  private static final int HEARTBEAT_RECONNECT_MS = 500;
  private static final int LINGER_MS = 2;
  private static final int BATCH_BYTES = 128 * 1024;
  private static final int SEND_BYTES_MAX = 1024 * 1024;
  private static final int RECONNECT_MS_MAX = 1_000;
  private static final int METADATA_MS_MAX = 5_000;
  private static final int SESSION_MS = 10_000;
  private static final int HEARTBEAT_MS = 3_000;
  private static final int POLL_INTERVAL_MS_MAX = 60_000;
  private static final int POLL_RECORDS_MAX = 250;
  private static final int FETCH_WAIT_MS_MAX = 250;

  public KafkaSettings {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    Objects.requireNonNull(node, "node");
    security = Map.copyOf(security);
    for (String key : security.keySet()) {
      if (SECURITY.stream().noneMatch(key::startsWith)) {
        throw new IllegalArgumentException(
            "kafka.security: " + key + " does not begin with one of " + SECURITY);
      }
    }
  }

  /** A broker that asks for no proof of who we are. */
  public static KafkaSettings plain(String bootstrapServers, String node) {
    return new KafkaSettings(bootstrapServers, node, Map.of());
  }

  /** Settings of an admin client. */
  Map<String, Object> admin() {
    Map<String, Object> settings = shared("admin");
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MS);
    return settings;
  }

  /**
   * Settings of a producer that keeps the order of each partition: with one request in flight,
   * nothing can overtake a batch that is sent again. Compression would need native code.
   */
  Map<String, Object> producer() {
    Map<String, Object> settings = shared("relay");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, SEND_BYTES_MAX);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return settings;
  }

  /**
   * Settings of a member of a group. A member that comes back under its old name takes its old
   * partitions at once, where a nameless one would wait until the session of its former self runs
   * out.
   *
   * @param member the member's name in the group, or null for none
   */
  Map<String, Object> consumer(String group, String member) {
    Map<String, Object> settings = shared("consumer-" + group);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    if (member != null) {
      settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + member);
    }
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_INTERVAL_MS_MAX);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS_MAX);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MS);
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return settings;
  }

  /**
   * Settings of the producer of heartbeats: each is acknowledged within a second or given up, and
   * none waits for the one before.
   */
  Map<String, Object> heartbeatProducer() {
    Map<String, Object> settings = producer();
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "holdfast-" + node + "-heartbeat");
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, HEARTBEAT_WITHIN_MS);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, HEARTBEAT_RECONNECT_MS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, HEARTBEAT_WITHIN_MS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, HEARTBEAT_RECONNECT_MS);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    return settings;
  }

  /** Settings of the consumer of heartbeats: no member of a group, reads what comes from now on. */
  Map<String, Object> heartbeatConsumer() {
    Map<String, Object> settings = consumer("heartbeat", null);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, HEARTBEAT_WITHIN_MS);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, HEARTBEAT_RECONNECT_MS);
    return settings;
  }

  private Map<String, Object> shared(String purpose) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "holdfast-" + node + "-" + purpose);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MS_MAX);
    settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_MS_MAX);
    // Not asked for, and its sender breaks a producer's thread that is closed at once (3.9.1).
    settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    // Nobody reads Kafka's own beans, and a producer made anew would clash with its former ones.
    settings.put("auto.include.jmx.reporter", false);
    security.forEach((key, value) -> settings.put(key, value.reveal()));
    return settings;
  }
}
