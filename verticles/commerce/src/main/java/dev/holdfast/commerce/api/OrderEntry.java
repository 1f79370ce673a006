package dev.holdfast.commerce.api;

import dev.holdfast.bus.Answer;
import dev.holdfast.commerce.api.NewOrders.NewOrder;
import dev.holdfast.commerce.api.Submissions.Entered;
import dev.holdfast.commerce.order.OrderProtocol.OrderByNumber;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.degradation.Admission;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * How an order gets in: through its agent, or as an intent while the database is away. Whichever
 * way a request goes, and however often it is repeated, it is one command under one id; the day of
 * that id is fixed once for each attempt, so that an ask that was given up and the intent after it
 * are the same.
 */
final class OrderEntry {
  /** The operation of the contract. */
  static final String OPERATION = "placeOrder";

  private static final String PATH = "/orders/";

  private final Agents agents;
  private final Submissions submissions;
  private final NewOrders newOrders;
  private final OrderIntents intents;
  private final Patience patience;

  OrderEntry(
      Agents agents,
      Submissions submissions,
      NewOrders newOrders,
      OrderIntents intents,
      Patience patience) {
    this.agents = agents;
    this.submissions = submissions;
    this.newOrders = newOrders;
    this.intents = intents;
    this.patience = patience;
  }

  /** Enters the order, or accepts it to be entered later. */
  Future<ApiAnswer> place(ApiCall call) {
    return accepted(call)
        .map(Future::succeededFuture)
        .orElseGet(
            () -> newOrders.command(call).compose(order -> place(call, idOf(call, order), order)));
  }

  /** Of a time that the request names: a repeat is the same then, and asks under the same id. */
  private CommandId idOf(ApiCall call, NewOrder order) {
    return call.body().containsKey("placedAt")
        ? agents.idOf(call, order.place().placedAt())
        : agents.idOf(call);
  }

  /** The answer to a request whose intent waits; empty when none does. */
  Optional<ApiAnswer> accepted(ApiCall call) {
    return intents.repeated(call);
  }

  private Future<ApiAnswer> place(ApiCall call, CommandId id, NewOrder order) {
    boolean later = call.admission() instanceof Admission.AsIntent;
    if (later || order.condition().isPresent()) {
      return intents.accept(call, id, order);
    }
    Deadline deadline = intents.areTaken() ? beforeTheEnd(call.deadline()) : call.deadline();
    Future<Answer<Placed>> asked = agents.command(call, id, order.place(), deadline);
    return (intents.areTaken() ? patience.with(asked) : asked)
        .transform(
            end ->
                end.succeeded()
                    ? entered(call, order.place(), end.result())
                    : intents.acceptAfter(end.cause(), call, id, order));
  }

  /** What is not answered by then becomes an intent while there is time to write it. */
  private Deadline beforeTheEnd(Deadline end) {
    long left = end.remainingMillis(agents.clock());
    return Deadline.in(Duration.ofMillis(left * 4 / 5), agents.clock());
  }

  private Future<ApiAnswer> entered(ApiCall call, Place place, Answer<Placed> answer) {
    return submissions.answer(call, answer, () -> standing(call, place), OrderEntry::entered);
  }

  private Future<String> standing(ApiCall call, Place command) {
    return agents
        .query(
            call, new OrderByNumber(command.merchant(), command.source(), command.externalNumber()))
        .map(order -> PATH + order.order());
  }

  private static Entered entered(Placed placed) {
    return new Entered(
        PATH + placed.order(),
        placed.order(),
        placed.run(),
        Status.PLACED.name(),
        new JsonObject());
  }
}
