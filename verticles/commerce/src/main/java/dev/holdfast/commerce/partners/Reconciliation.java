package dev.holdfast.commerce.partners;

import dev.holdfast.agent.FeatureSwitches;
import dev.holdfast.commerce.shared.OrderKey;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.errors.SafeExecution;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Has an agent ask its partner about every order whose end there is not known: goes rounds, 200
 * orders a round, 16 asked at once. One is enough for all nodes; two do no harm.
 */
public final class Reconciliation extends VerticleBase {
  private static final int ORDERS_A_ROUND = 200;
  private static final int AT_ONCE = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String subject;
  private final Supplier<Duration> roundEvery;
  private final Clock clock;
  private final Due due;
  private final BiFunction<CommandId, OrderKey, Future<?>> ask;
  private final SafeExecution safely;
  private BooleanSupplier isOn = () -> true;
  private boolean busy;

  /** Where the orders to be asked about are found. */
  @FunctionalInterface
  public interface Due {
    /** The orders that are due now, longest waiting first, at most so many. */
    Future<List<OrderKey>> find(Deadline deadline, Instant now, int limit);
  }

  /**
   * A reconciliation; deployed, it goes its rounds.
   *
   * @param subject what it is about, such as {@code payment}; its commands' ids follow from it
   * @param roundEvery how long until the next round; asked anew before each, so that a change of
   *     the agent's configuration holds from then on
   * @param ask asks the agent about one order, under a deadline
   * @param errors told of orders and rounds that failed; both come again
   */
  public Reconciliation(
      String subject,
      Supplier<Duration> roundEvery,
      Clock clock,
      Due due,
      BiFunction<CommandId, OrderKey, Future<?>> ask,
      ErrorReports errors) {
    this.subject = subject;
    this.roundEvery = roundEvery;
    this.clock = clock;
    this.due = due;
    this.ask = ask;
    this.safely = new SafeExecution(subject, errors);
  }

  /** Leaves rounds out while the feature is off; to be called before it is deployed. */
  public Reconciliation asFeature(FeatureSwitches switches, String feature) {
    isOn = () -> switches.isOn(feature);
    return this;
  }

  @Override
  public Future<?> start() {
    awaitRound();
    return Future.succeededFuture();
  }

  private void awaitRound() {
    vertx.setTimer(
        Math.max(1, roundEvery.get().toMillis()),
        tick -> {
          goRound();
          awaitRound();
        });
  }

  private void goRound() {
    if (busy || !isOn.getAsBoolean()) {
      return;
    }
    busy = true;
    safely.run("reconciliation round", this::round).onComplete(done -> busy = false);
  }

  /**
   * One round, also without being deployed.
   *
   * @return how many orders were asked about; those that failed come again in the next round
   */
  public Future<Integer> round() {
    Instant now = clock.now();
    return due.find(Deadline.in(PATIENCE, clock), now, ORDERS_A_ROUND)
        .compose(orders -> ask(orders, now));
  }

  private Future<Integer> ask(List<OrderKey> orders, Instant now) {
    Future<Void> all = Future.succeededFuture();
    for (int from = 0; from < orders.size(); from += AT_ONCE) {
      List<OrderKey> some = orders.subList(from, Math.min(orders.size(), from + AT_ONCE));
      all = all.compose(done -> together(some, now));
    }
    return all.map(orders.size());
  }

  private Future<Void> together(List<OrderKey> orders, Instant now) {
    List<Future<?>> asked = new ArrayList<>();
    orders.forEach(
        order -> asked.add(safely.run("reconciliation of an order", () -> ask(order, now))));
    return Future.join(asked).mapEmpty();
  }

  private Future<Void> ask(OrderKey order, Instant now) {
    CommandId id =
        CommandId.ofTimer(
            order.order().toString(), "reconcile-" + subject, now.toEpochMilli(), clock.today());
    return ask.apply(id, order).mapEmpty();
  }
}
