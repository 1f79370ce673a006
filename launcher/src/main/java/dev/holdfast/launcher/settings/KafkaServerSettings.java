package dev.holdfast.launcher.settings;

/**
 * Which Kafka carries the news: one of our own when no server is named.
 *
 * @param bootstrapServers of an external cluster, {@code host:port} separated by commas; empty for
 *     the embedded broker
 * @param port where the embedded broker listens; 0 takes a free one
 * @param heapMb the embedded broker's heap, 128 to 8192 MB
 */
public record KafkaServerSettings(String bootstrapServers, int port, int heapMb) {
  public KafkaServerSettings {
    Ranges.between("port", 0, Ranges.PORT_MAX, port);
    Ranges.between("heapMb", 128, 8_192, heapMb);
  }

  static KafkaServerSettings shipped() {
    return new KafkaServerSettings("", 0, 256);
  }

  /** Whether the broker is one of our own. */
  public boolean isEmbedded() {
    return bootstrapServers.isBlank();
  }
}
