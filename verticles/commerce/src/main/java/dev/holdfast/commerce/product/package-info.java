/**
 * The catalogue and its prices.
 *
 * <p>Owns the schema {@code product}: products by merchant and code, and every price each of them
 * ever had. Hears no events; says {@code ProductCreated} and {@code ProductPriceChanged}.
 *
 * <p>Promises: an import creates what is not there and leaves the rest alone, however often and
 * from however many sides it comes. A price change names the version it expects or takes whatever
 * there is; the price there already is changes nothing. Prices are decimals in the major unit, with
 * at most four decimals.
 *
 * <p>Limits: 1,000 products an import; the latest 100 prices are shown; imports of one merchant go
 * one after the other. Costs are not kept, so no margin is checked. An order carries its own
 * prices: what stands here changes no order.
 */
package dev.holdfast.commerce.product;
