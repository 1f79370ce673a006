package dev.holdfast.commerce.inventory;

import dev.holdfast.kernel.DerivedId;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Bookings, and the documents they record. */
final class BookingStore {
  /**
   * A row lock for a document that is not there yet, so that of two lanes with the same one the
   * later sees it. Keys come sorted; the function is called in their order.
   */
  private static final String LOCK_BOOKINGS =
      """
      SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key
      """;

  private static final String BOOKINGS =
      """
      SELECT b.merchant_id, b.booking, b.source, b.external_number
      FROM unnest($1::int[], $2::uuid[]) AS asked(merchant_id, booking)
      JOIN inventory.booking b USING (merchant_id, booking)
      UNION
      SELECT b.merchant_id, b.booking, b.source, b.external_number
      FROM unnest($1::int[], $3::text[], $4::text[]) AS asked(merchant_id, source, external_number)
      JOIN inventory.booking b USING (merchant_id, source, external_number)
      """;

  private static final String NEW_BOOKINGS =
      """
      INSERT INTO inventory.booking
        (merchant_id, booking, kind, source, external_number, reason, booked_at)
      SELECT * FROM unnest(
        $1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
      """;

  /** A booking and its document, as a command names them. */
  record BookingName(int merchant, UUID booking, String source, String externalNumber) {}

  /** Lets no other transaction book under these names until this one has ended. */
  Future<?> lock(Tx tx, Collection<BookingName> names) {
    return tx.execute(LOCK_BOOKINGS, Columns.of(lockKeys(names)).longs(key -> key).tuple());
  }

  /** Numbers that follow from the names; two names with one number only wait for each other. */
  private static List<Long> lockKeys(Collection<BookingName> names) {
    return names.stream().flatMap(BookingStore::lockKeys).sorted().distinct().toList();
  }

  private static Stream<Long> lockKeys(BookingName name) {
    String document = Booking.documentOf(name.merchant(), name.source(), name.externalNumber());
    Stream<Long> booking = Stream.of(lockKey(name.merchant(), name.booking()));
    return document == null ? booking : Stream.concat(booking, Stream.of(lockKey(document)));
  }

  private static long lockKey(Object... parts) {
    return DerivedId.of("inventory.booking", parts).getMostSignificantBits();
  }

  /** Adds the bookings that already stand under these names. */
  Future<?> read(Tx tx, Collection<BookingName> names, Stock stock) {
    return tx.execute(
            BOOKINGS,
            Columns.of(names)
                .integers(BookingName::merchant)
                .uuids(BookingName::booking)
                .texts(BookingName::source)
                .texts(BookingName::externalNumber)
                .tuple())
        .map(rows -> addAll(rows, stock));
  }

  private static Stock addAll(RowSet<Row> rows, Stock stock) {
    for (Row row : rows) {
      stock.addKnown(
          row.getInteger("merchant_id"),
          row.getUUID("booking"),
          row.getString("source"),
          row.getString("external_number"));
    }
    return stock;
  }

  void insert(Tx tx, List<Booking> bookings) {
    if (bookings.isEmpty()) {
      return;
    }
    tx.execute(
        NEW_BOOKINGS,
        Columns.of(bookings)
            .integers(Booking::merchant)
            .uuids(Booking::id)
            .texts(booking -> booking.kind().name())
            .texts(Booking::source)
            .texts(Booking::externalNumber)
            .texts(Booking::reason)
            .times(Booking::at)
            .tuple());
  }
}
