package dev.holdfast.commerce.partners;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.partners.ParcelBooks.MakeLabel;
import dev.holdfast.commerce.partners.ParcelBooks.Request;
import dev.holdfast.commerce.partners.ParcelBooks.TakeBack;
import dev.holdfast.commerce.partners.ParcelBooks.TakeOver;
import dev.holdfast.commerce.partners.ParcelStore.Parcel;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Carriers that are none. */
public final class CarrierSimulator extends SimulatedPartner<Request, Object>
    implements CarrierGateway {
  private final ParcelStore store = new ParcelStore();

  /**
   * A simulator on a database of its own; {@link #start} before it is asked anything.
   *
   * @param database whose role may create schemas in it
   */
  public CarrierSimulator(
      Vertx vertx,
      Clock clock,
      Database database,
      SimulatorSettings settings,
      ErrorReports errors) {
    super("carrier", "the carriers", vertx, clock, database, settings, errors);
  }

  @Override
  public Future<LabelAnswer> createLabel(
      String key, String carrier, String country, long grams, Deadline deadline) {
    MakeLabel label = new MakeLabel(key, carrier, country, grams, false);
    return carryOut(label, deadline).map(LabelAnswer.class::cast);
  }

  @Override
  public Future<CancelAnswer> cancelLabel(String key, Deadline deadline) {
    return carryOut(new TakeBack(key), deadline).map(CancelAnswer.class::cast);
  }

  @Override
  public Future<HandOverAnswer> handOver(String tracking, Deadline deadline) {
    return carryOut(new TakeOver(tracking), deadline).map(HandOverAnswer.class::cast);
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

  @Override
  Request arriving(String body) {
    return RecordJson.read(body, MakeLabel.class).asArriving();
  }

  @Override
  Future<Booked<Object>> book(Tx tx, List<Request> requests) {
    SimulatorSettings ofBatch = settings();
    List<String> meetingFaults = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    List<String> trackings = new ArrayList<>();
    for (Request request : requests) {
      switch (request) {
        case MakeLabel label -> {
          keys.add(label.key());
          // To have been held up spares a request its fault; without one it makes no difference.
          if (FaultRules.ofLabel(ofBatch, label.key()).isPresent()) {
            meetingFaults.add(label.key());
          }
        }
        case TakeBack label -> keys.add(label.key());
        case TakeOver parcel -> trackings.add(parcel.tracking());
      }
    }
    Future<List<Parcel>> parcels = store.lock(tx, keys, trackings);
    Future<List<String>> held = extras.amongHeldUp(tx, meetingFaults);
    return Future.all(parcels, held)
        .map(all -> new ParcelBooks(parcels.result(), aftermath(ofBatch, held.result())))
        .map(books -> write(tx, books, requests));
  }

  private Booked<Object> write(Tx tx, ParcelBooks books, List<Request> requests) {
    List<Result<Object>> results = requests.stream().map(books::decide).toList();
    store.insert(tx, List.copyOf(books.made));
    store.update(tx, List.copyOf(books.changed));
    return new Booked<>(results, books.aftermath);
  }
}
