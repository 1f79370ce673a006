package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.partners.PaymentGateway;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.partners.PaymentGateway.Movement;
import dev.holdfast.commerce.payment.Operation.State;
import dev.holdfast.commerce.payment.PaymentViewStore.Ours;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The provider's books beside ours: every movement, both ways. */
public final class PaymentBooks {
  private static final int PAGE = 500;
  private static final int NAMED = 100;
  private static final Duration PAGE_LIMIT = Duration.ofSeconds(10);
  private static final OperationKey BEFORE_ALL =
      new OperationKey(0, new UUID(0, 0), Kind.AUTHORISE, new UUID(0, 0));

  private final Database database;
  private final PaymentGateway gateway;
  private final Clock clock;
  private final PaymentViewStore store = new PaymentViewStore();

  /** Books to be compared; nothing is asked yet. */
  public PaymentBooks(Database database, PaymentGateway gateway, Clock clock) {
    this.database = database;
    this.gateway = gateway;
    this.clock = clock;
  }

  /**
   * What our ledger says of one currency, in minor units.
   *
   * @param openMinor authorised, neither captured nor voided
   * @param sumMinor of all entries; zero, else the ledger is broken
   */
  public record Balances(long openMinor, long capturedMinor, long refundedMinor, long sumMinor) {}

  /**
   * One movement on which the books differ.
   *
   * @param key ours
   * @param what what is wrong, such as {@code unknown here}
   */
  public record Difference(String key, String what) {}

  /**
   * What a comparison found.
   *
   * @param movements how many of the provider's were looked at
   * @param count how many differences there are
   * @param differences the first hundred
   */
  public record Comparison(long movements, long count, List<Difference> differences) {}

  /** What a comparison has seen so far. */
  private static final class Tally {
    long movements;
    long matched;
    long count;
    final List<Difference> differences = new ArrayList<>();

    void differs(String key, String what) {
      count++;
      if (differences.size() < NAMED) {
        differences.add(new Difference(key, what));
      }
    }

    Comparison comparison() {
      return new Comparison(movements, count, List.copyOf(differences));
    }
  }

  /** What our ledger says. */
  public Future<Balances> balances(String currency) {
    return store.balances(database, limit(), currency);
  }

  /** How many operations have an end that is not known, those on the watch list included. */
  public Future<Long> undecided() {
    return store.undecided(database, limit());
  }

  /**
   * Compares all movements. While business goes on, what is under way shows as a difference.
   *
   * @return the comparison; fails with {@link dev.holdfast.kernel.Unavailable} when a page is not
   *     read within ten seconds
   */
  public Future<Comparison> compare() {
    Tally tally = new Tally();
    return theirs(tally, 0)
        .compose(done -> store.movedTimes(database, limit()))
        .compose(times -> missingThere(tally, times))
        .map(done -> tally.comparison());
  }

  /** Only when we have more than was matched is it worth asking for each. */
  private Future<Void> missingThere(Tally tally, long times) {
    return times <= tally.matched ? Future.succeededFuture() : ours(tally, BEFORE_ALL);
  }

  private Future<Void> theirs(Tally tally, long after) {
    return gateway.ledger(after, PAGE, limit()).compose(page -> theirs(tally, page));
  }

  private Future<Void> theirs(Tally tally, List<Movement> page) {
    if (page.isEmpty()) {
      return Future.succeededFuture();
    }
    List<OperationKey> keys =
        page.stream()
            .map(Movement::key)
            .map(OperationKey::parse)
            .flatMap(Optional::stream)
            .toList();
    return store
        .known(database, limit(), keys)
        .map(known -> check(tally, page, known))
        .compose(done -> theirs(tally, page.get(page.size() - 1).number()));
  }

  private static Void check(Tally tally, List<Movement> page, List<Ours> known) {
    Map<OperationKey, Ours> byKey = new HashMap<>();
    known.forEach(ours -> byKey.put(ours.key(), ours));
    for (Movement movement : page) {
      tally.movements++;
      Optional<OperationKey> key = OperationKey.parse(movement.key());
      Ours ours = key.map(OperationKey::ofOperation).map(byKey::get).orElse(null);
      if (ours != null && movement.approved() && movement.kind() != Kind.VOID) {
        tally.matched++;
      }
      difference(movement, ours).ifPresent(what -> tally.differs(movement.key(), what));
    }
    return null;
  }

  private static Optional<String> difference(Movement movement, Ours ours) {
    if (ours == null) {
      return Optional.of("unknown here");
    }
    if (movement.kind() == Kind.VOID) {
      return movement.approved() && ours.state() != State.VOIDED
          ? Optional.of("voided there, " + ours.state() + " here")
          : Optional.empty();
    }
    if (!movement.approved()) {
      return ours.reference() != null || ours.state() == State.ASKED
          ? Optional.of("declined there, " + ours.state() + " here")
          : Optional.empty();
    }
    if (movement.amount().minor() != ours.amountMinor()) {
      return Optional.of(
          "%d there, %d here".formatted(movement.amount().minor(), ours.amountMinor()));
    }
    boolean settled = ours.state() == State.DONE || ours.state() == State.VOIDED;
    return settled && movement.reference().equals(ours.reference())
        ? Optional.empty()
        : Optional.of("carried out there, " + ours.state() + " here");
  }

  private Future<Void> ours(Tally tally, OperationKey after) {
    return store.moved(database, limit(), after, PAGE).compose(page -> ours(tally, page));
  }

  private Future<Void> ours(Tally tally, List<Ours> page) {
    if (page.isEmpty()) {
      return Future.succeededFuture();
    }
    Future<Void> checked = Future.succeededFuture();
    for (Ours ours : page) {
      checked = checked.compose(done -> findThere(tally, ours));
    }
    return checked.compose(done -> ours(tally, page.get(page.size() - 1).key()));
  }

  private Future<Void> findThere(Tally tally, Ours ours) {
    return gateway
        .find(ours.key().text(), limit())
        .onSuccess(
            found -> {
              if (found.isEmpty()) {
                tally.differs(ours.key().text(), "unknown there");
              }
            })
        .mapEmpty();
  }

  private Deadline limit() {
    return Deadline.in(PAGE_LIMIT, clock);
  }
}
