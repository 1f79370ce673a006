package dev.holdfast.embedded;

import java.time.Duration;

/**
 * How an embedded Kafka broker runs.
 *
 * @param port where clients connect on the loopback address; 0 takes a free one
 * @param advertisedPort where it tells clients to connect, when something stands before it; 0:
 *     where it listens
 * @param heapMb the broker's heap, 128 MB or more
 * @param startLimit how long a start may take, and how long it waits for a former broker to go
 */
public record KafkaOptions(int port, int advertisedPort, int heapMb, Duration startLimit) {
  public KafkaOptions {
    Limits.port("port", port);
    Limits.port("advertisedPort", advertisedPort);
    Limits.atLeast("heapMb", 128, heapMb);
    Limits.positive("startLimit", startLimit);
  }

  /** A free port, 256 MB. */
  public static KafkaOptions defaults() {
    return new KafkaOptions(0, 0, 256, Duration.ofSeconds(60));
  }

  /** The same on the given port; 0 takes a free one. */
  public KafkaOptions onPort(int port) {
    return new KafkaOptions(port, advertisedPort, heapMb, startLimit);
  }

  /** The same, its clients sent to another port of the loopback address. */
  public KafkaOptions advertising(int advertisedPort) {
    return new KafkaOptions(port, advertisedPort, heapMb, startLimit);
  }

  /** The same with another heap. */
  public KafkaOptions withHeap(int heapMb) {
    return new KafkaOptions(port, advertisedPort, heapMb, startLimit);
  }
}
