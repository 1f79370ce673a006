package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.payment.PaymentProtocol.Reconcile;
import dev.holdfast.commerce.payment.Payments.Place;
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
 * Has the payment agent ask the provider about every operation whose end is not known, and about
 * voided authorisations that may still turn up. One is enough for all nodes; two do no harm.
 */
public final class PaymentReconciliation extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PaymentReconciliation.class);
  private static final int ORDERS_A_ROUND = 200;
  private static final int AT_ONCE = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final Clock clock;
  private final PaymentSettings settings;
  private final BiFunction<CommandId, Reconcile, Future<?>> ask;
  private final LedgerStore store = new LedgerStore();
  private boolean busy;

  /**
   * A reconciliation; deployed, it goes its rounds.
   *
   * @param ask asks the payment agent, under a deadline
   */
  public PaymentReconciliation(
      Database database,
      Clock clock,
      PaymentSettings settings,
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
        .onFailure(cause -> LOG.warn("Reconciliation of payments: {}", cause.getMessage()))
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
            place.order().toString(), "reconcile-payment", now.toEpochMilli(), clock.today());
    return ask.apply(id, new Reconcile(place.merchant(), place.order()));
  }
}
