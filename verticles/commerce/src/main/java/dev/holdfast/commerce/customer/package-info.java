/**
 * Who the customers are, whether they may order, and what they earned.
 *
 * <p><b>Owns</b> the schema {@code customer}: {@code customer} by the merchant's own number, {@code
 * person} with all that names somebody, {@code tier} with the lifetime values from which a tier
 * begins (merchant 0: for all merchants that have none of their own).
 *
 * <p><b>Hears</b> the commands and queries of {@link
 * dev.holdfast.commerce.customer.CustomerProtocol}, and {@code OrderDelivered}: points for the
 * customer, none for a guest.
 *
 * <p><b>Says</b> on {@code customer_events} who was entered, whose status changed, who earned
 * points, who was erased; numbers and figures only.
 *
 * <p><b>Promises</b>: a customer is entered once, by registration or by a first order. Of two lanes
 * that enter one at the same moment the second meets the primary key and is run again. {@code
 * Recognise} of a known customer reads one row without a lock and writes nothing. Erasing deletes
 * the person's row; number, points and amounts stay, so that the books do.
 *
 * <p><b>Limits</b>: amounts of several currencies are added as if they were one. Points of an order
 * that comes back later stay. 100 customers a page.
 */
package dev.holdfast.commerce.customer;
