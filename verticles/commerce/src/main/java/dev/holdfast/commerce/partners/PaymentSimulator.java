package dev.holdfast.commerce.partners;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.partners.PaymentGateway.Answer;
import dev.holdfast.commerce.partners.ProviderBooks.Request;
import dev.holdfast.commerce.partners.ProviderStore.Standing;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A payment provider that is none. */
public final class PaymentSimulator extends SimulatedPartner<Request, Answer>
    implements PaymentGateway {
  private final ProviderStore store = new ProviderStore();

  /**
   * What the books say of one currency, in minor units.
   *
   * @param openMinor authorised, neither captured nor voided
   */
  public record Totals(long openMinor, long capturedMinor, long refundedMinor) {}

  /**
   * A simulator on a database of its own; {@link #start} before it is asked anything.
   *
   * @param database whose role may create schemas in it
   */
  public PaymentSimulator(
      Vertx vertx,
      Clock clock,
      Database database,
      SimulatorSettings settings,
      ErrorReports errors) {
    super("payment", "the payment provider", vertx, clock, database, settings, errors);
  }

  @Override
  public Future<Answer> authorise(String key, Money amount, String token, Deadline deadline) {
    return carryOut(new Request(key, Kind.AUTHORISE, amount, token, null, false), deadline);
  }

  @Override
  public Future<Answer> capture(String key, String authorisation, Money amount, Deadline deadline) {
    return carryOut(new Request(key, Kind.CAPTURE, amount, null, authorisation, false), deadline);
  }

  @Override
  public Future<Answer> voidAuthorisation(String key, String authorisation, Deadline deadline) {
    return carryOut(new Request(key, Kind.VOID, null, null, authorisation, false), deadline);
  }

  @Override
  public Future<Answer> refund(String key, String authorisation, Money amount, Deadline deadline) {
    return carryOut(new Request(key, Kind.REFUND, amount, null, authorisation, false), deadline);
  }

  @Override
  public Future<Optional<Movement>> find(String key, Deadline deadline) {
    return answers.unlessOut(deadline, () -> store.find(database, deadline, key));
  }

  @Override
  public Future<List<Movement>> ledger(long after, int limit, Deadline deadline) {
    return answers.unlessOut(deadline, () -> store.ledger(database, deadline, after, limit));
  }

  @Override
  public void onNotice(Function<Notice, Future<?>> handler) {
    desk.teller(body -> handler.apply(RecordJson.read(body, Notice.class)));
  }

  /** What its books say of one currency. */
  public Future<Totals> totals(String currency, Deadline deadline) {
    return store.totals(database, deadline, currency);
  }

  @Override
  Request arriving(String body) {
    return RecordJson.read(body, Request.class).asArriving();
  }

  /** Locks first, then reads what is known, so that it sees what it waited for. */
  @Override
  Future<Booked<Answer>> book(Tx tx, List<Request> requests) {
    SimulatorSettings ofBatch = settings();
    List<String> keys = requests.stream().map(Request::key).distinct().toList();
    List<String> references =
        requests.stream().map(Request::authorisation).filter(Objects::nonNull).distinct().toList();
    Future<List<Standing>> standings =
        references.isEmpty()
            ? Future.succeededFuture(List.of())
            : store.lockAuthorisations(tx, references);
    Future<List<Movement>> known = store.known(tx, keys);
    Future<List<String>> held = extras.amongHeldUp(tx, meetingFaults(ofBatch, requests));
    return Future.all(standings, known, held)
        .map(all -> aftermath(ofBatch, held.result()))
        .map(aftermath -> new ProviderBooks(known.result(), standings.result(), aftermath))
        .map(books -> write(tx, books, requests));
  }

  /**
   * To have been held up spares a request its fault, and makes no difference where there is none.
   */
  private static List<String> meetingFaults(SimulatorSettings settings, List<Request> requests) {
    return requests.stream()
        .filter(request -> ProviderBooks.drawnFor(settings, request).isPresent())
        .map(Request::key)
        .distinct()
        .toList();
  }

  private Booked<Answer> write(Tx tx, ProviderBooks books, List<Request> requests) {
    List<Result<Answer>> results = requests.stream().map(books::decide).toList();
    store.insert(tx, books.lines);
    store.update(tx, List.copyOf(books.changed));
    return new Booked<>(results, books.aftermath);
  }
}
