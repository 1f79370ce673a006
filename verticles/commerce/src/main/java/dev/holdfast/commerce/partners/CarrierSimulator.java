package dev.holdfast.commerce.partners;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.partners.ParcelBooks.MakeLabel;
import dev.holdfast.commerce.partners.ParcelBooks.Request;
import dev.holdfast.commerce.partners.ParcelBooks.Result;
import dev.holdfast.commerce.partners.ParcelBooks.TakeBack;
import dev.holdfast.commerce.partners.ParcelBooks.TakeOver;
import dev.holdfast.commerce.partners.ParcelStore.Parcel;
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
import java.util.Optional;
import java.util.function.Function;

/** Carriers that are none: deterministic, with books of their own. See the package. */
public final class CarrierSimulator implements CarrierGateway {
  private static final Duration BOOKING = Duration.ofSeconds(5);

  private final Clock clock;
  private final Database database;
  private final ParcelStore store = new ParcelStore();
  private final SimulatorStore extras = new SimulatorStore("carrier");
  private final GroupCommit<Request, Result> bookings;
  private final NoticeDesk desk;
  private final FaultyAnswers answers;
  private volatile SimulatorSettings settings;

  /**
   * A simulator on a database of its own; {@link #start} before it is asked anything.
   *
   * @param database whose role may create schemas in it
   */
  public CarrierSimulator(Vertx vertx, Clock clock, Database database, SimulatorSettings settings) {
    Context context = vertx.getOrCreateContext();
    this.clock = clock;
    this.database = database;
    this.settings = settings;
    this.bookings = new GroupCommit<>("the carriers", context, this::book);
    this.desk = new NoticeDesk(vertx, clock, context, database, extras);
    this.answers = new FaultyAnswers("the carrier", vertx, clock);
  }

  /** Makes its tables where they are not there, and goes on with what a former life left. */
  public Future<Void> start() {
    return SimulatorStore.create(
            database, Deadline.in(Duration.ofSeconds(30), clock), "partner.sql", "carrier.sql")
        .onSuccess(done -> desk.start(late -> bookings.submit(arriving(late.body()))));
  }

  /** Tells nothing more. The database is closed by whoever opened it. */
  public void close() {
    desk.close();
  }

  /** Other faults and another speed from now on. */
  public void use(SimulatorSettings other) {
    settings = other;
  }

  /** Whether it answers at all; while it is out, every call fails and has no effect. */
  public void out(boolean out) {
    answers.out(out);
  }

  @Override
  public Future<LabelAnswer> createLabel(
      String key, String carrier, String country, long grams, Deadline deadline) {
    MakeLabel label = new MakeLabel(key, carrier, country, grams, false);
    return carryOut(label, LabelAnswer.class, deadline);
  }

  @Override
  public Future<CancelAnswer> cancelLabel(String key, Deadline deadline) {
    return carryOut(new TakeBack(key), CancelAnswer.class, deadline);
  }

  @Override
  public Future<HandOverAnswer> handOver(String tracking, Deadline deadline) {
    return carryOut(new TakeOver(tracking), HandOverAnswer.class, deadline);
  }

  @Override
  public Future<Optional<Label>> find(String key, Deadline deadline) {
    return answers.unlessOut(
        deadline, () -> store.find(database, deadline, key).map(found -> found.map(Parcel::label)));
  }

  @Override
  public Future<List<Label>> ledger(long after, int limit, Deadline deadline) {
    return answers.unlessOut(
        deadline,
        () ->
            store
                .ledger(database, deadline, after, limit)
                .map(parcels -> parcels.stream().map(Parcel::label).toList()));
  }

  @Override
  public void onNotice(Function<Notice, Future<?>> handler) {
    desk.teller(body -> handler.apply(RecordJson.read(body, Notice.class)));
  }

  /** How often each fault really happened, since its books began. */
  public Future<Map<Fault, Long>> faults(Deadline deadline) {
    return extras.faults(database, deadline);
  }

  private <T> Future<T> carryOut(Request request, Class<T> type, Deadline deadline) {
    return answers.unlessOut(
        deadline,
        () -> bookings.submit(request),
        result -> answers.give(type.cast(result.answer()), result.fault(), settings.slowBy()));
  }

  private static Request arriving(String body) {
    return RecordJson.read(body, MakeLabel.class).asArriving();
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

  private Future<Booked> book(Tx tx, List<Request> requests) {
    List<String> labels = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    List<String> trackings = new ArrayList<>();
    for (Request request : requests) {
      switch (request) {
        case MakeLabel label -> labels.add(label.key());
        case TakeBack label -> keys.add(label.key());
        case TakeOver parcel -> trackings.add(parcel.tracking());
      }
    }
    keys.addAll(labels);
    Future<List<Parcel>> parcels = store.lock(tx, keys, trackings);
    Future<List<String>> heldUp = extras.amongHeldUp(tx, labels);
    return Future.all(parcels, heldUp)
        .map(all -> new ParcelBooks(settings, clock.now(), parcels.result(), heldUp.result()))
        .map(books -> write(tx, books, requests));
  }

  private Booked write(Tx tx, ParcelBooks books, List<Request> requests) {
    List<Result> results = requests.stream().map(books::decide).toList();
    store.insert(tx, List.copyOf(books.made));
    store.update(tx, List.copyOf(books.changed));
    extras.happened(tx, books.faults);
    extras.tell(tx, books.notices);
    extras.holdUp(tx, books.heldUp);
    extras.arrived(tx, books.arrived);
    return new Booked(results, !books.notices.isEmpty() || !books.heldUp.isEmpty());
  }
}
