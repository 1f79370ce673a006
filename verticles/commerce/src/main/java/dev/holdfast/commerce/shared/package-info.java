/**
 * Values that several agents speak of: money, stock keeping units, addresses, keys of orders,
 * numbers of documents; and the checks of single fields. Plain Java.
 */
package dev.holdfast.commerce.shared;
