package dev.holdfast.broker;

import java.nio.file.Path;
import java.util.Properties;

/**
 * What one broker is told.
 *
 * @param folder where its log lies
 * @param port where clients connect, on the loopback address
 * @param controllerPort where the controller listens, on the loopback address
 * @param advertisedPort where clients are told to connect, on the loopback address
 */
record BrokerSettings(Path folder, int port, int controllerPort, int advertisedPort) {
  static final String NODE_ID = "1";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String HOST = "127.0.0.1";

  /** The broker's configuration: a single small node, so internal topics have one copy. */
  Properties toProperties() {
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", NODE_ID);
    properties.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
    properties.put("controller.listener.names", CONTROLLER_LISTENER);
    properties.put(
        "listeners",
        client(port) + "," + CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort);
    properties.put("advertised.listeners", client(advertisedPort));
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", folder.toString());
    oneCopy(properties);
    soonBack(properties);
    small(properties);
    return properties;
  }

  private static String client(int port) {
    return "PLAINTEXT://" + HOST + ":" + port;
  }

  private static void oneCopy(Properties properties) {
    properties.put("default.replication.factor", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
  }

  /**
   * A killed broker's registration counts until its session ends, and its next incarnation is
   * refused until then: with Kafka's nine seconds every restart after a kill would take ten.
   */
  private static void soonBack(Properties properties) {
    properties.put("broker.session.timeout.ms", "2000");
    properties.put("broker.heartbeat.interval.ms", "400");
    properties.put("group.initial.rebalance.delay.ms", "0");
  }

  /** Topics are declared by the platform, never made by a misspelt name. */
  private static void small(Properties properties) {
    properties.put("auto.create.topics.enable", "false");
    properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    properties.put("log.segment.bytes", String.valueOf(64 << 20));
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "2");
    properties.put("num.recovery.threads.per.data.dir", "2");
    properties.put("background.threads", "2");
  }
}
