package dev.holdfast.commerce.api;

import dev.holdfast.bus.Bus;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.RefusePlacing;
import dev.holdfast.commerce.product.ProductProtocol.ProductsBySku;
import dev.holdfast.journal.Intent;
import dev.holdfast.journal.IntentCommands;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for an order that was accepted as an intent. One that was priced from a snapshot is
 * refused when the catalogue's price is another one by now. The refusal is a command under the
 * intent's own id: if the order was entered after all, the agent's record of that wins.
 */
public final class OrderIntentCommands implements IntentCommands {
  private static final Duration LOOK_UP = Duration.ofSeconds(2);

  private final MessageTypes types;
  private final Bus bus;
  private final Clock clock;

  /**
   * @param types the commands that intents may name
   */
  public OrderIntentCommands(MessageTypes types, Bus bus, Clock clock) {
    this.types = types;
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<Command<?>> of(Intent intent) {
    Command<?> command = (Command<?>) RecordJson.read(intent.payload(), types.named(intent.type()));
    if (intent.condition() == null || !(command instanceof Place place)) {
      return Future.succeededFuture(command);
    }
    PriceCondition condition = RecordJson.read(intent.condition(), PriceCondition.class);
    ProductsBySku priced =
        new ProductsBySku(place.merchant(), List.copyOf(condition.prices().keySet()));
    return bus.ask(priced, Deadline.in(LOOK_UP, clock))
        .map(now -> orRefusal(place, condition.changed(now.products())));
  }

  private static Command<?> orRefusal(Place place, Optional<String> changed) {
    return changed
        .<Command<?>>map(
            sku ->
                new RefusePlacing(
                    place.merchant(),
                    place.source(),
                    place.externalNumber(),
                    "price_changed",
                    "The price of " + sku + " changed before the order could be entered."))
        .orElse(place);
  }
}
