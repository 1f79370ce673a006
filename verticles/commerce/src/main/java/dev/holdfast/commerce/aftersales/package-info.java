/**
 * Returns from the request to the refund.
 *
 * <p><b>Owns</b> the schema {@code aftersales}: {@code return_case} with what was asked for and
 * what is refunded after fees, {@code return_line}.
 *
 * <p><b>Hears</b> the commands and queries of {@link
 * dev.holdfast.commerce.aftersales.AftersalesProtocol}. A request starts its run {@code
 * return-to-refund}, whose input is {@link
 * dev.holdfast.commerce.aftersales.AftersalesProtocol.Takeback}; the run claims the units from the
 * order agent and moves the return on. {@code Inspect} tells the run {@code inspected}.
 *
 * <p><b>Says</b> on {@code aftersales_events} every change of status, each with the return's next
 * version.
 *
 * <p><b>Promises</b>
 *
 * <ul>
 *   <li>A return's id is its command's id. A number of a source is entered once for a merchant, for
 *       ever; two lanes at the same moment end as with orders.
 *   <li>The RMA number is unique and follows from the return's id and the day of its request.
 *   <li>The refund asked for is units times the return's own prices, each line rounded half up.
 *       Under the shop's policy goods come back within 30 days of delivery, 90 for a defect or
 *       damage in shipping, and the way back costs 5.00 unless the shop is to blame; nothing is
 *       refunded before the goods were inspected. A return that the merchant's books already have
 *       knows no window, fee or inspection.
 * </ul>
 *
 * <p><b>Limits</b>: refunds of money only, no exchanges; no policies by category yet; 2,000 lines a
 * return, 100 returns a page.
 */
package dev.holdfast.commerce.aftersales;
