/**
 * Stock, what is held of it, and every movement.
 *
 * <p>Owns the schema {@code inventory}: the units of each code in two warehouses, reservations with
 * their lines, bookings, and an append-only ledger of movements. The movements of a code in a
 * warehouse add up to its units on hand; the lines of reservations that stand add up to its
 * reserved units. Reserving moves nothing, shipping does.
 *
 * <p>Hears no events. Says {@code StockReserved}, {@code StockReleased}, {@code StockShipped} of a
 * reservation, {@code StockMoved} of a booking and {@code StockLow} of a code. A reservation that
 * has an end of its own sets a timer on itself; one without waits for its workflow run, and nothing
 * else releases it.
 *
 * <p>Promises: nothing is promised that is not there, whoever asks at the same time; the rows'
 * checks stand behind the rules. A reservation holds all its lines or none. An order takes a code
 * from the first warehouse that has all of it, else from both. A write-off takes what nobody was
 * promised and books the rest as short. A document moves stock once, for ever.
 *
 * <p>Locks, on every path in this order: documents, reservations to be closed, shelves; each in the
 * order of its keys.
 *
 * <p>Limits: two warehouses, 15,000 lines a command, 1,000,000,000 units a line. Codes that are no
 * goods (see {@link dev.holdfast.commerce.shared.Sku}) are passed over everywhere.
 */
package dev.holdfast.commerce.inventory;
