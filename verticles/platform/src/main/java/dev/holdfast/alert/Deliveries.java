package dev.holdfast.alert;

import dev.holdfast.alert.Delivery.State;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.telemetry.AlertMeters;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings notifications to the receivers that want them. One context. */
final class Deliveries {
  private static final Duration READ_WITHIN = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private final DeliveryPolicy policy;
  private final AlertStore store;
  private final AlertWriter writer;
  private final AlertMeters meters;
  private final Clock clock;

  /** One receiver with what waits for it. */
  private record Lane(AlertHandler handler, DeliveryQueue queue) {}

  Deliveries(
      List<AlertHandler> handlers,
      DeliveryPolicy policy,
      AlertStore store,
      AlertWriter writer,
      AlertMeters meters,
      Clock clock) {
    handlers.forEach(
        handler -> lanes.put(handler.name(), new Lane(handler, new DeliveryQueue(policy))));
    this.policy = policy;
    this.store = store;
    this.writer = writer;
    this.meters = meters;
    this.clock = clock;
    for (Lane lane : lanes.values()) {
      meters.waiting(lane.handler().name()).set(0);
      for (State end : State.values()) {
        meters.delivery(lane.handler().name(), end.label(), 0);
      }
    }
  }

  private Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The deliveries of a notification, one for each receiver that wants it; they wait for add. */
  List<Delivery> of(Notification what) {
    List<Delivery> all = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      if (lane.handler().wants(what)) {
        all.add(Delivery.of(what, lane.handler().name()));
      }
    }
    return all;
  }

  /** From now on they are tried. */
  void add(List<Delivery> all) {
    for (Delivery delivery : all) {
      lanes.get(delivery.handler()).queue().add(delivery);
    }
    turn();
  }

  /** Reads what an earlier life left, or what found no room. */
  Future<Void> restore() {
    return Future.all(lanes.values().stream().map(this::refill).toList()).mapEmpty();
  }

  private Future<Void> refill(Lane lane) {
    return store
        .waiting(lane.handler().name(), policy.waitingMax(), Deadline.in(READ_WITHIN, clock))
        .onSuccess(rows -> lane.queue().refill(rows, rows.size() < policy.waitingMax()))
        .mapEmpty();
  }

  /** Tries what is due. */
  void turn() {
    for (Lane lane : lanes.values()) {
      for (Delivery due : lane.queue().due(now())) {
        tell(lane, due);
      }
      meters.waiting(lane.handler().name()).set(lane.queue().size());
    }
  }

  /** Reads rows that found no room, once what waited before them is mostly told. */
  void readMore() {
    for (Lane lane : lanes.values()) {
      // What is not written yet would be missing among the rows.
      if (lane.queue().wantsMore() && writer.size() == 0) {
        var unused = refill(lane);
      }
    }
  }

  private void tell(Lane lane, Delivery due) {
    var unused =
        lane.handler()
            .tell(due)
            .otherwise(bug -> Answer.later(bug.getClass().getName()))
            .onSuccess(answer -> answered(lane, due, answer));
  }

  private void answered(Lane lane, Delivery due, Answer answer) {
    Delivery after =
        DeliveryRules.after(due, answer, policy.retry().wait(due.attempts()), policy, now());
    lane.queue().tried(after);
    answer.after().ifPresent(wish -> lane.queue().rest(wish, now()));
    writer.put(after);
    meters.delivery(due.handler(), after.state().label(), 1);
    if (after.state() == State.REFUSED || after.state() == State.GIVEN_UP) {
      LOG.error(
          "alert {} ({}) was not told to {}: {} after {} attempts, {}",
          due.what().condition(),
          due.what().subject(),
          due.handler(),
          after.state().label(),
          after.attempts(),
          after.answer());
    }
    turn();
  }

  /** Tells every receiver, past all queues, and gives what each answered. */
  Future<Map<String, Answer>> test(Notification what) {
    Map<String, Answer> answers = new LinkedHashMap<>();
    List<Future<?>> all = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      AlertHandler handler = lane.handler();
      answers.put(handler.name(), Answer.later("not answered"));
      all.add(
          handler
              .tell(Delivery.of(what, handler.name()))
              .otherwise(bug -> Answer.later(bug.getClass().getName()))
              .onSuccess(answer -> answers.put(handler.name(), answer)));
    }
    return Future.join(all).map(done -> answers);
  }
}
