package dev.holdfast.commerce.partners;

import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.BusyRest;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.SqlState;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A partner that is none: deterministic, with books of its own. See the package.
 *
 * @param <Q> what it is asked
 * @param <A> what it answers
 */
public abstract sealed class SimulatedPartner<Q, A> permits PaymentSimulator, CarrierSimulator {
  private static final Duration BOOKING = Duration.ofSeconds(5);
  private static final Duration OPENING = Duration.ofSeconds(30);
  private static final int TOGETHER = 128;
  private static final BusyRest REST = new BusyRest(4, Duration.ofMillis(16));

  final Clock clock;
  final Database database;
  final SimulatorStore extras;
  final FaultyAnswers answers;
  final NoticeDesk desk;
  private final String kind;
  private final GroupCommit<Q, Result<A>> bookings;
  private volatile SimulatorSettings settings;

  /**
   * What became of a request.
   *
   * @param answer null while it is held up
   * @param fault what hides or delays the answer, or null
   */
  record Result<A>(A answer, Fault fault) {}

  /** A batch of requests on the books, written but for what it leaves beside them. */
  record Booked<A>(List<Result<A>> results, Aftermath aftermath) {}

  /**
   * A partner on a database of its own; {@link #start} before it is asked anything.
   *
   * @param kind names its part of the shared tables, and the script of its own ones
   * @param name for people
   * @param database whose role may create schemas in it
   * @param errors told of what it could not read or tell
   */
  SimulatedPartner(
      String kind,
      String name,
      Vertx vertx,
      Clock clock,
      Database database,
      SimulatorSettings settings,
      ErrorReports errors) {
    Context context = vertx.getOrCreateContext();
    this.kind = kind;
    this.clock = clock;
    this.database = database;
    this.settings = settings;
    this.extras = new SimulatorStore(kind);
    this.bookings = new GroupCommit<>(name, context, TOGETHER, REST, this::book);
    this.desk = new NoticeDesk(kind, vertx, clock, context, database, extras, errors);
    this.answers = new FaultyAnswers(name, vertx, clock);
  }

  /** Makes its tables where they are not there, and goes on with what a former life left. */
  public final Future<Void> start() {
    Deadline deadline = Deadline.in(OPENING, clock);
    return SimulatorStore.create(database, deadline, "partner.sql", kind + ".sql")
        .onSuccess(done -> desk.start(late -> bookings.submit(arriving(late.body()))));
  }

  /** Tells nothing more. The database is closed by whoever opened it. */
  public final void close() {
    desk.close();
  }

  /** Other faults and another speed from now on. */
  public final void use(SimulatorSettings other) {
    settings = other;
  }

  /** Whether it answers at all; while it is out, every call fails and has no effect. */
  public final void out(boolean out) {
    answers.out(out);
  }

  /** How often each fault really happened, since its books began. */
  public final Future<Map<Fault, Long>> faults(Deadline deadline) {
    return extras.faults(database, deadline);
  }

  /** The request that was held up as this text, coming in now. */
  abstract Q arriving(String body);

  /**
   * Decides the requests one after the other, and writes the books. When a line is refused because
   * its key is there, all is decided once more: to ask each line for a conflict costs more than the
   * rare repetition, and the answer would not be the one that is in the books.
   */
  abstract Future<Booked<A>> book(Tx tx, List<Q> requests);

  /** The answer as the asker gets it: after the commit, late, or never. */
  final Future<A> carryOut(Q request, Deadline deadline) {
    return answers.unlessOut(
        deadline,
        () -> bookings.submit(request),
        result -> answers.give(result.answer(), result.fault(), settings.slowBy()));
  }

  final Aftermath aftermath(SimulatorSettings ofBatch, List<String> held) {
    return new Aftermath(ofBatch, clock.now(), held);
  }

  /** To be asked for once a batch, so that all of it meets the faults of the same ones. */
  final SimulatorSettings settings() {
    return settings;
  }

  /** Where another process wrote under the same key meanwhile, it is found the second time. */
  private Future<List<Result<A>>> book(List<Q> requests) {
    return bookOnce(requests)
        .recover(
            cause ->
                SqlState.isUniqueViolation(cause)
                    ? bookOnce(requests)
                    : Future.failedFuture(cause));
  }

  private Future<List<Result<A>>> bookOnce(List<Q> requests) {
    return database
        .inTransaction(
            Deadline.in(BOOKING, clock), tx -> book(tx, requests).map(booked -> leave(tx, booked)))
        .map(this::done)
        .onFailure(cause -> desk.maybeCommitted());
  }

  private Booked<A> leave(Tx tx, Booked<A> booked) {
    extras.write(tx, booked.aftermath());
    return booked;
  }

  private List<Result<A>> done(Booked<A> booked) {
    Aftermath aftermath = booked.aftermath();
    if (aftermath.concernsTheDesk()) {
      desk.committed(aftermath.notices, aftermath.heldUp);
    }
    return booked.results();
  }
}
