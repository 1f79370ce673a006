/**
 * How risky an order is.
 *
 * <p>Owns the schema {@code fraud}: an assessment for each order with the rules that fired and
 * their points, a person's decision where one was needed, and a block list. Hears no events; says
 * {@code OrderAssessed} and {@code OrderReviewed}. A decision in review also tells the order's run,
 * by the signal {@code reviewed}.
 *
 * <p>Rules are data ({@code fraud/rules.yaml} in the jar): points of those that fire, capped each,
 * add up to a score of at most 100. Shipped: up to 30 for an amount over 1,000, up to 25 for more
 * than five orders in a day, 40 for a bad address of the caller, 20 for differing countries, 15 for
 * an account younger than a day, 15 for more than two changes of the payment method in a week. From
 * 25 an order is flagged, from 50 a person reviews it, from 75 it is blocked. Who is on the block
 * list scores 100. A second book lies there switched off; its rules on failed payments and on the
 * number of items are left out, because an order's run tells neither.
 *
 * <p>What it counts, it counts itself: the orders of a customer (of a guest: of the same e-mail
 * hash) by business time, in a window that ends with the order judged and includes it. "More than 5
 * in 24 hours" is true of the sixth order placed within 24 hours, and its points are 3 for each of
 * the six. Orders that come in late but were placed after it do not count, nor do orders taken back
 * by {@code Withdraw}; refused and blocked ones do. Of a window the latest 32 orders are looked at.
 *
 * <p>Promises: of two orders of one shopper judged at once, the later sees the earlier; a verdict
 * once given stands. Limits: amounts are compared as numbers, whatever their currency. Personal
 * data never comes here but as a hash, a number or a token.
 */
package dev.holdfast.commerce.fraud;
