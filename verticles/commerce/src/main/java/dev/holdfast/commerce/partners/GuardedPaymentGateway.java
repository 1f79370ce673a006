package dev.holdfast.commerce.partners;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.guard.Guard;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A payment provider behind its guard. Every call is a question or bears a key under which it takes
 * effect once, so that each may be tried again within the caller's deadline and the guard's budget.
 * A declined movement is an answer and no failure. While the breaker is open a call fails at once
 * with {@link dev.holdfast.kernel.Unavailable}, and has no effect.
 */
public final class GuardedPaymentGateway implements PaymentGateway {
  private final PaymentGateway provider;
  private final Guard guard;

  public GuardedPaymentGateway(PaymentGateway provider, Guard guard) {
    this.provider = provider;
    this.guard = guard;
  }

  @Override
  public Future<Answer> authorise(String key, Money amount, String token, Deadline deadline) {
    return guard.callIdempotent(deadline, () -> provider.authorise(key, amount, token, deadline));
  }

  @Override
  public Future<Answer> capture(String key, String authorisation, Money amount, Deadline deadline) {
    return guard.callIdempotent(
        deadline, () -> provider.capture(key, authorisation, amount, deadline));
  }

  @Override
  public Future<Answer> voidAuthorisation(String key, String authorisation, Deadline deadline) {
    return guard.callIdempotent(
        deadline, () -> provider.voidAuthorisation(key, authorisation, deadline));
  }

  @Override
  public Future<Answer> refund(String key, String authorisation, Money amount, Deadline deadline) {
    return guard.callIdempotent(
        deadline, () -> provider.refund(key, authorisation, amount, deadline));
  }

  @Override
  public Future<Optional<Movement>> find(String key, Deadline deadline) {
    return guard.callIdempotent(deadline, () -> provider.find(key, deadline));
  }

  @Override
  public Future<List<Movement>> ledger(long after, int limit, Deadline deadline) {
    return guard.callIdempotent(deadline, () -> provider.ledger(after, limit, deadline));
  }

  @Override
  public void onNotice(Function<Notice, Future<?>> handler) {
    provider.onNotice(handler);
  }
}
