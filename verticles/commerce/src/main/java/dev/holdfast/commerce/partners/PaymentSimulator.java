package dev.holdfast.commerce.partners;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.partners.ProviderBooks.Request;
import dev.holdfast.commerce.partners.ProviderBooks.Result;
import dev.holdfast.commerce.partners.ProviderStore.Standing;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A payment provider that is none: deterministic, with books of its own. See the package. */
public final class PaymentSimulator implements PaymentGateway {
  private static final Duration BOOKING = Duration.ofSeconds(5);

  private final Clock clock;
  private final Database database;
  private final ProviderStore store = new ProviderStore();
  private final SimulatorStore extras = new SimulatorStore("payment");
  private final GroupCommit<Request, Result> bookings;
  private final NoticeDesk desk;
  private final FaultyAnswers answers;
  private volatile SimulatorSettings settings;

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
  public PaymentSimulator(Vertx vertx, Clock clock, Database database, SimulatorSettings settings) {
    Context context = vertx.getOrCreateContext();
    this.clock = clock;
    this.database = database;
    this.settings = settings;
    this.bookings = new GroupCommit<>("the payment provider", context, this::book);
    this.desk = new NoticeDesk(vertx, clock, context, database, extras);
    this.answers = new FaultyAnswers("the payment provider", vertx, clock);
  }

  /** Makes its tables where they are not there, and goes on with what a former life left. */
  public Future<Void> start() {
    return SimulatorStore.create(
            database, Deadline.in(Duration.ofSeconds(30), clock), "partner.sql", "payment.sql")
        .onSuccess(done -> desk.start(late -> submit(arriving(late.body()))));
  }

  /** Tells nothing more. The database is closed by whoever opened it. */
  public void close() {
    desk.close();
  }

  /** Other faults from now on. */
  public void use(SimulatorSettings other) {
    settings = other;
  }

  /** Whether it answers at all; while it is out, every call fails and has no effect. */
  public void out(boolean out) {
    answers.out(out);
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

  /** How often each fault really happened, since its books began. */
  public Future<Map<Fault, Long>> faults(Deadline deadline) {
    return extras.faults(database, deadline);
  }

  /** What its books say of one currency. */
  public Future<Totals> totals(String currency, Deadline deadline) {
    return store.totals(database, deadline, currency);
  }

  private Future<Answer> carryOut(Request request, Deadline deadline) {
    return answers.unlessOut(
        deadline,
        () -> submit(request),
        result -> answers.give(result.answer(), result.fault(), settings.slowBy()));
  }

  private Future<Result> submit(Request request) {
    return bookings.submit(request);
  }

  private static Request arriving(String body) {
    return RecordJson.read(body, Request.class).asArriving();
  }

  private Future<List<Result>> book(List<Request> requests) {
    return database
        .inTransaction(Deadline.in(BOOKING, clock), tx -> book(tx, requests))
        .map(this::done);
  }

  private record Booked(List<Result> results, boolean forTheDesk) {}

  private List<Result> done(Booked booked) {
    if (booked.forTheDesk()) {
      desk.wake();
    }
    return booked.results();
  }

  /** Locks first, then reads what is known, so that it sees what it waited for. */
  private Future<Booked> book(Tx tx, List<Request> requests) {
    List<String> keys = requests.stream().map(Request::key).distinct().toList();
    List<String> references =
        requests.stream().map(Request::authorisation).filter(Objects::nonNull).distinct().toList();
    Future<List<Standing>> standings =
        references.isEmpty()
            ? Future.succeededFuture(List.of())
            : store.lockAuthorisations(tx, references);
    Future<List<Movement>> known = store.known(tx, keys);
    Future<List<String>> heldUp = extras.amongHeldUp(tx, keys);
    return Future.all(standings, known, heldUp)
        .map(
            all ->
                new ProviderBooks(
                    settings, clock.now(), known.result(), standings.result(), heldUp.result()))
        .map(books -> write(tx, books, requests));
  }

  private Booked write(Tx tx, ProviderBooks books, List<Request> requests) {
    List<Result> results = requests.stream().map(books::decide).toList();
    store.insert(tx, books.lines);
    store.update(tx, new ArrayList<>(books.changed));
    extras.happened(tx, books.faults);
    extras.tell(tx, books.notices);
    extras.holdUp(tx, books.heldUp);
    extras.arrived(tx, books.arrived);
    return new Booked(results, !books.notices.isEmpty() || !books.heldUp.isEmpty());
  }
}
