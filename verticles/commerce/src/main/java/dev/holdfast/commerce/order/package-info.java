/**
 * Orders from their entry to their delivery, and what was returned of them.
 *
 * <p><b>Owns</b> the schema {@code orders}: {@code orders} and {@code order_line}; {@code claim},
 * which delivered units a return has taken (the sum over a line is its {@code returned}); {@code
 * order_contact}, all that names a person about an order, written only when more than a country was
 * given.
 *
 * <p><b>Hears</b> the commands and queries of {@link dev.holdfast.commerce.order.OrderProtocol}. A
 * placed order starts its run {@code order-to-delivery}, whose input is {@link
 * dev.holdfast.commerce.order.Fulfilment}; the run then moves the order on. {@code Cancel} tells
 * the run {@code cancel} and changes nothing itself.
 *
 * <p><b>Says</b> on {@code order_events} every change of status, each with the order's next
 * version.
 *
 * <p><b>Promises</b>
 *
 * <ul>
 *   <li>An order's id is its command's id. A number of a source is entered once for a merchant, for
 *       ever. The load reads which numbers are there; of two lanes that enter one at the same
 *       moment the second meets the unique index, its batch is run again (SQLSTATE 23505), and the
 *       second load sees the number: {@code already_recorded}. New rows are inserted in the order
 *       of their numbers, so the two never wait in a circle.
 *   <li>A line's amount is quantity times unit price rounded half up to the minor unit; the total
 *       is the sum of its lines and may be 0.
 *   <li>A return takes delivered units of the customer oldest order first, all or none, services
 *       included. It locks the lines of the asked codes, in the order of their keys. To find them
 *       it reads the customer's order rows, each with a digest of its codes, and the lines of those
 *       that match: 45 ms for a customer with 10,000 orders of 25 lines, 1.5 ms for one with 20
 *       (two busy cores).
 *   <li>What names a person is in no event, run or log: a run gets a hash of the address.
 * </ul>
 *
 * <p><b>Limits</b>: 2,000 lines an order, 1,000,000 units a line, 4 decimals a price, 100 orders a
 * page. No foreign keys. A page by status walks the orders backwards until it is full, because an
 * index on the status would be paid with every change of every order: a rare status over very many
 * orders meets the deadline instead. Erasing a customer needs {@code ForgetContact} beside the
 * customer agent's {@code Erase}.
 */
package dev.holdfast.commerce.order;
