package dev.holdfast.stream;

import dev.holdfast.kernel.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of the platform, made when they are missing. A broker that is away holds up nobody:
 * making goes on in the background until it succeeds. Made and used on one context.
 */
public final class Topics {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final Backoff AGAIN = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

  private final Vertx vertx;
  private final KafkaSettings kafka;
  private final List<Topic> topics;
  private final WorkerExecutor worker;
  private boolean making;
  private boolean closed;
  private int failures;

  /** A table of topics; nothing is asked of the broker before {@link #ensure}. */
  public Topics(Vertx vertx, KafkaSettings kafka, List<Topic> topics) {
    this.vertx = vertx;
    this.kafka = kafka;
    this.topics = List.copyOf(topics);
    this.worker = vertx.createSharedWorkerExecutor("holdfast-topics", 1);
  }

  /** The table. */
  public List<Topic> all() {
    return topics;
  }

  /**
   * Begins to make what is missing, unless that is under way. Called at start, and again whenever a
   * send fails, because somebody may have deleted a topic.
   */
  public void ensure() {
    if (making || closed || topics.isEmpty()) {
      return;
    }
    making = true;
    work(this::makeMissing)
        .onComplete(
            made -> {
              making = false;
              if (made.succeeded()) {
                failures = 0;
              } else {
                failed(made.cause());
              }
            });
  }

  private void failed(Throwable cause) {
    if (failures++ == 0 && !closed) {
      LOG.warn("topics could not be made, goes on in the background: {}", cause.toString());
    }
    vertx.setTimer(Math.max(1, AGAIN.wait(failures).toMillis()), timer -> ensure());
  }

  private Void makeMissing() throws Exception {
    try (Admin admin = Admin.create(kafka.admin())) {
      Set<String> there =
          admin.listTopics().names().get(KafkaSettings.REQUEST_MS, TimeUnit.MILLISECONDS);
      List<NewTopic> missing =
          topics.stream().filter(topic -> !there.contains(topic.name())).map(this::make).toList();
      for (var made : admin.createTopics(missing).values().entrySet()) {
        await(made.getKey(), made.getValue());
      }
    }
    return null;
  }

  /** The broker's own replication factor: one here, more where there are more. */
  private NewTopic make(Topic topic) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                String.valueOf(topic.retention().toMillis()),
                TopicConfig.SEGMENT_MS_CONFIG,
                String.valueOf(topic.retention().toMillis())));
  }

  private static void await(String topic, java.util.concurrent.Future<Void> made) throws Exception {
    try {
      made.get(KafkaSettings.REQUEST_MS, TimeUnit.MILLISECONDS);
      LOG.info("made the topic {}", topic);
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
    }
  }

  /** Beside all else that its context lets block: a relay must not wait for topics. */
  private <T> Future<T> work(Callable<T> blocking) {
    return worker.executeBlocking(blocking, false);
  }

  /** Stops making. */
  public Future<Void> close() {
    closed = true;
    return worker.close();
  }
}
