package dev.holdfast.stream;

import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.telemetry.ConsumerMeters;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears events and hands each to its handler at least once: those of one key in their order, of
 * several keys beside each other. What is handled is committed up to the lowest event that is not.
 *
 * <p>A handler that fails with {@link dev.holdfast.kernel.Unavailable} gets its event again after a
 * growing wait, without end. One that fails otherwise gets it as often as {@link
 * ConsumerSettings#attempts} says; then the event is parked, and its partition flows on. A record
 * that is no event is parked at once.
 *
 * <p>It is Kafka's own consumer on a thread of its own ({@link PollLoop}). The Vert.x client's
 * {@code poll} would do for reading, but (measured with 5.0.8) a commit waits for the whole poll
 * that is under way, a partition is gone before its last commit can be made, and a poll that meets
 * {@code close} never answers.
 */
public final class EventConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
  private static final Backoff RESTART = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
  private static final Duration RESTART_WAIT_MIN = Duration.ofSeconds(1);
  private static final Duration PARK_LIMIT = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);
  private static final int WATCH_MS = 2_000;

  /** A poll takes 200 ms, a commit inside it 2 s. */
  private static final long SILENT_MS_MAX = 30_000;

  private final Vertx vertx;
  private final KafkaSettings kafka;
  private final ConsumerSettings settings;
  private final Function<Received, Future<Void>> handler;
  private final DeadLetterStore letters;
  private final Clock clock;
  private final ErrorReports errors;
  private final KeyedWork<String> work;
  private final ConsumerCounts counts = new ConsumerCounts();
  private final Map<String, ConsumerMeters> meters = new HashMap<>();

  private Context context;
  private long watchTimer;
  private int failures;
  private Promise<Void> ended;
  private ExecutorService thread;
  private volatile PollLoop loop;
  private volatile boolean stopped;

  /**
   * @param handler called on the context on which {@link #start} was; succeeds when the event needs
   *     no more work
   * @param errors told of events that could not be handled and of consumers that ended
   */
  public EventConsumer(
      Vertx vertx,
      KafkaSettings kafka,
      ConsumerSettings settings,
      Function<Received, Future<Void>> handler,
      DeadLetterStore letters,
      Meters meters,
      Clock clock,
      ErrorReports errors) {
    this.vertx = vertx;
    this.kafka = kafka;
    this.settings = settings;
    this.handler = handler;
    this.letters = letters;
    this.clock = clock;
    this.errors = errors;
    this.work = new KeyedWork<>(settings.parallel());
    settings.topics().forEach(topic -> this.meters.put(topic, meters.consumer(topic)));
  }

  /** Begins on the caller's context; does not wait for the broker. */
  public Future<Void> start() {
    context = vertx.getOrCreateContext();
    context.runOnContext(
        go -> {
          watchTimer = vertx.setPeriodic(WATCH_MS, timer -> watch());
          openLoop();
        });
    return Future.succeededFuture();
  }

  private void openLoop() {
    if (stopped) {
      return;
    }
    PollLoop next = new PollLoop(this::open, settings, this::take, counts, clock);
    loop = next;
    ended = Promise.promise();
    thread = Executors.newSingleThreadExecutor(this::named);
    thread.execute(() -> run(next));
    thread.shutdown();
  }

  private KafkaConsumer<byte[], byte[]> open() {
    return new KafkaConsumer<>(kafka.consumer(settings.group(), kafka.node()));
  }

  private Thread named(Runnable task) {
    return Thread.ofPlatform().daemon().name(settings.group() + "-poll").unstarted(task);
  }

  /** On the polling thread. */
  private void run(PollLoop own) {
    Throwable failure = null;
    try {
      own.run();
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
    Throwable why = failure;
    context.runOnContext(go -> loopEnded(own, why));
  }

  private void loopEnded(PollLoop own, Throwable why) {
    if (own != loop) {
      return;
    }
    ended.tryComplete();
    if (!stopped) {
      LOG.warn("{}: the consumer is made anew", settings.group());
      failed("polling for events", null, why);
      counts.restarted();
      in(RESTART_WAIT_MIN.plus(RESTART.wait(failures++)), this::openLoop);
    }
  }

  /**
   * A failure ended here.
   *
   * @param subject the event's id, or null
   * @param why null when nobody said it
   */
  void failed(String operation, String subject, Throwable why) {
    if (why != null) {
      errors.report(settings.agent(), operation, subject, why);
    }
  }

  private void watch() {
    if (silentMs() > SILENT_MS_MAX && !ended.future().isComplete() && !stopped) {
      LOG.error("{}: the consumer hangs and is left behind", settings.group());
      loop.abandon();
      thread.shutdownNow();
      counts.restarted();
      openLoop();
    } else if (silentMs() < WATCH_MS) {
      failures = 0;
    }
  }

  private long silentMs() {
    PollLoop current = loop;
    return current == null
        ? 0
        : TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - current.lastPollNanos());
  }

  /** On the polling thread. */
  private void take(List<Polled> batch) {
    context.runOnContext(go -> batch.forEach(this::enter));
  }

  private void enter(Polled polled) {
    PartitionProgress.Slot slot = polled.progress().track(polled.message().offset());
    work.add(keyOf(polled), () -> deliver(polled, slot));
  }

  /** Records without a key keep the order of their partition. */
  private static String keyOf(Polled polled) {
    byte[] key = polled.message().key();
    String text = key == null ? "" : new String(key, StandardCharsets.ISO_8859_1);
    return polled.message().topic() + "/" + polled.message().partition() + "/" + text;
  }

  private Future<Void> deliver(Polled polled, PartitionProgress.Slot slot) {
    return new Delivery(this, polled, slot).begin().andThen(over -> noteDrained());
  }

  private void noteDrained() {
    if (stopped) {
      context.runOnContext(
          go -> {
            if (work.running() == 0) {
              loop.drained();
            }
          });
    }
  }

  /** Whose events it hears; its dead letters carry that name. */
  public String agent() {
    return settings.agent();
  }

  /** What it hears. */
  public Set<String> topics() {
    return settings.topics();
  }

  ConsumerSettings settings() {
    return settings;
  }

  ConsumerCounts counts() {
    return counts;
  }

  boolean stopped() {
    return stopped;
  }

  /** Calls the handler; what it throws becomes a failure. */
  Future<Void> handle(Received event) {
    return Future.succeededFuture(event).compose(handler);
  }

  DeadLetter letter(ConsumerRecord<byte[], byte[]> message, Throwable why, int attempts) {
    return EventLetter.of(settings.agent(), message, why, attempts, clock.now());
  }

  Future<Void> park(DeadLetter letter) {
    return letters.park(Deadline.in(PARK_LIMIT, clock), List.of(letter)).mapEmpty();
  }

  void in(Duration wait, Runnable task) {
    vertx.setTimer(Math.max(1, wait.toMillis()), timer -> task.run());
  }

  void finished(Polled polled, PartitionProgress.Slot slot, boolean handled) {
    polled.progress().finish(slot);
    loop.roomAgain(polled.progress());
    ConsumerMeters topic = meters.get(polled.message().topic());
    if (handled) {
      counts.handledOne();
      topic.applied();
    } else {
      counts.parkedOne();
      topic.parked();
    }
  }

  /**
   * Hands a dead letter of this consumer's agent to the handler once more; fails as that does, and
   * when the letter is no event at all. From any thread.
   */
  public Future<Void> replay(DeadLetter letter) {
    Promise<Void> replayed = Promise.promise();
    context.runOnContext(
        go ->
            Future.succeededFuture(letter)
                .map(EventLetter::read)
                .map(Envelope::open)
                .compose(this::handle)
                .onComplete(replayed));
    return replayed.future();
  }

  /** The consumer at this moment; from any thread. */
  public ConsumerFigures figures() {
    return counts.figures(silentMs());
  }

  /**
   * Takes no more, gives the handlers two seconds, commits what is finished and leaves; at the
   * latest after eight seconds.
   */
  public Future<Void> stop() {
    Promise<Void> left = Promise.promise();
    context.runOnContext(
        go -> {
          stopped = true;
          vertx.cancelTimer(watchTimer);
          loop.stop();
          noteDrained();
          ended.future().onComplete(left);
        });
    return left.future().timeout(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
  }
}
