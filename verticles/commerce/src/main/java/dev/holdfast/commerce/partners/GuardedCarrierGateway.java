package dev.holdfast.commerce.partners;

import dev.holdfast.guard.Guard;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The carriers behind their guards. A wish for a label goes through the guard of the carrier it
 * names, so that one that is away does not close the others, and is tried once: whoever asks turns
 * to the next carrier. What names no carrier goes through a guard of all, and is tried again within
 * the deadline and the budget, for it is a question or harmless to repeat. A refused label is an
 * answer and no failure.
 */
public final class GuardedCarrierGateway implements CarrierGateway {
  private final CarrierGateway carriers;
  private final Function<String, Guard> ofCarrier;
  private final Guard ofAll;

  /**
   * @param ofCarrier the guard of a carrier, by its code; the same for each ask
   * @param ofAll the guard of calls that name no carrier
   */
  public GuardedCarrierGateway(
      CarrierGateway carriers, Function<String, Guard> ofCarrier, Guard ofAll) {
    this.carriers = carriers;
    this.ofCarrier = ofCarrier;
    this.ofAll = ofAll;
  }

  @Override
  public Future<LabelAnswer> createLabel(
      String key, String carrier, String country, long grams, Deadline deadline) {
    return ofCarrier
        .apply(carrier)
        .call(deadline, () -> carriers.createLabel(key, carrier, country, grams, deadline));
  }

  @Override
  public Future<CancelAnswer> cancelLabel(String key, Deadline deadline) {
    return ofAll.callIdempotent(deadline, () -> carriers.cancelLabel(key, deadline));
  }

  @Override
  public Future<Optional<Label>> find(String key, Deadline deadline) {
    return ofAll.callIdempotent(deadline, () -> carriers.find(key, deadline));
  }

  @Override
  public Future<HandOverAnswer> handOver(String tracking, Deadline deadline) {
    return ofAll.callIdempotent(deadline, () -> carriers.handOver(tracking, deadline));
  }

  @Override
  public Future<List<Label>> ledger(long after, int limit, Deadline deadline) {
    return ofAll.callIdempotent(deadline, () -> carriers.ledger(after, limit, deadline));
  }

  @Override
  public void onNotice(Function<Notice, Future<?>> handler) {
    carriers.onNotice(handler);
  }
}
