package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.transport.Shipments.Place;
import dev.holdfast.commerce.transport.TransportProtocol.Reconcile;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the transport agent take back labels that must not stay valid. One is enough for all nodes;
 * two do no harm.
 */
public final class TransportReconciliation extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TransportReconciliation.class);
  private static final int ORDERS_A_ROUND = 200;
  private static final int AT_ONCE = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final Clock clock;
  private final TransportSettings settings;
  private final BiFunction<CommandId, Reconcile, Future<?>> ask;
  private final ShipmentStore store = new ShipmentStore();
  private boolean busy;

  /**
   * A reconciliation; deployed, it goes its rounds.
   *
   * @param ask asks the transport agent, under a deadline
   */
  public TransportReconciliation(
      Database database,
      Clock clock,
      TransportSettings settings,
      BiFunction<CommandId, Reconcile, Future<?>> ask) {
    this.database = database;
    this.clock = clock;
    this.settings = settings;
    this.ask = ask;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(settings.roundEvery().toMillis(), tick -> goRound());
    return Future.succeededFuture();
  }

  private void goRound() {
    if (busy) {
      return;
    }
    busy = true;
    round()
        .onFailure(cause -> LOG.warn("Reconciliation of shipments: {}", cause.getMessage()))
        .onComplete(done -> busy = false);
  }

  /**
   * One round, also without being deployed.
   *
   * @return how many orders were asked about; those that failed come again in the next round
   */
  public Future<Integer> round() {
    Instant now = clock.now();
    return store
        .toBeChecked(database, Deadline.in(PATIENCE, clock), now, ORDERS_A_ROUND)
        .compose(places -> ask(places, now));
  }

  private Future<Integer> ask(List<Place> places, Instant now) {
    Future<Void> all = Future.succeededFuture();
    for (int from = 0; from < places.size(); from += AT_ONCE) {
      List<Place> some = places.subList(from, Math.min(places.size(), from + AT_ONCE));
      all = all.compose(done -> together(some, now));
    }
    return all.map(places.size());
  }

  private Future<Void> together(List<Place> places, Instant now) {
    List<Future<?>> asked = new ArrayList<>();
    places.forEach(place -> asked.add(ask(place, now)));
    return Future.join(asked).otherwiseEmpty().mapEmpty();
  }

  private Future<?> ask(Place place, Instant now) {
    CommandId id =
        CommandId.ofTimer(
            place.order().toString(), "reconcile-shipment", now.toEpochMilli(), clock.today());
    return ask.apply(id, new Reconcile(place.merchant(), place.order()));
  }
}
