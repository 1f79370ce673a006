package dev.holdfast.journal;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.guard.Guard;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Snapshots kept in Redis as well, so that another process and the next life of this one find them.
 * What is near is asked first, and is all there is while Redis is away: nobody waits for it longer
 * than a given time, its guard leaves it alone when it fails, and its failures are nobody's.
 */
public final class RedisSnapshots implements SnapshotCache {
  private static final String PREFIX = "holdfast/snapshot/";

  private final SnapshotCache near;
  private final Redis redis;
  private final Guard guard;
  private final Duration answerWithin;
  private final Duration ageMax;
  private final Clock clock;

  /** A snapshot as Redis has it; the text is JSON of the type. */
  private record Kept(Instant asOf, String type, String text) {}

  /**
   * @param near asked before, and kept in as well
   * @param guard of Redis; every failure must count
   * @param answerWithin how long a question waits for Redis, 1 ms or more
   * @param ageMax after which Redis drops a snapshot, 1 ms or more
   */
  public RedisSnapshots(
      SnapshotCache near,
      Redis redis,
      Guard guard,
      Duration answerWithin,
      Duration ageMax,
      Clock clock) {
    this.near = near;
    this.redis = redis;
    this.guard = guard;
    this.answerWithin = answerWithin;
    this.ageMax = ageMax;
    this.clock = clock;
  }

  @Override
  public void keep(String key, Object value) {
    near.keep(key, value);
    Kept kept = new Kept(clock.now(), value.getClass().getName(), RecordJson.write(value));
    Request set =
        Request.cmd(Command.SET)
            .arg(PREFIX + key)
            .arg(RecordJson.write(kept))
            .arg("PX")
            .arg(ageMax.toMillis());
    // Lost when it fails: the next answer is kept again.
    var unused = send(set);
  }

  @Override
  public <T> Future<Optional<Snapshot<T>>> find(String key, Class<T> type) {
    return near.find(key, type)
        .compose(found -> found.isPresent() ? Future.succeededFuture(found) : far(key, type));
  }

  private <T> Future<Optional<Snapshot<T>>> far(String key, Class<T> type) {
    return send(Request.cmd(Command.GET).arg(PREFIX + key))
        .map(answer -> snapshot(answer, type))
        .recover(cause -> Future.succeededFuture(Optional.empty()));
  }

  private Future<Response> send(Request request) {
    return guard.call(Deadline.in(answerWithin, clock), () -> redis.send(request));
  }

  /** Empty also for what another release wrote in another form. */
  private static <T> Optional<Snapshot<T>> snapshot(Response answer, Class<T> type) {
    if (answer == null) {
      return Optional.empty();
    }
    Kept kept = RecordJson.read(answer.toString(), Kept.class);
    return kept.type().equals(type.getName())
        ? Optional.of(new Snapshot<>(RecordJson.read(kept.text(), type), kept.asOf()))
        : Optional.empty();
  }
}
