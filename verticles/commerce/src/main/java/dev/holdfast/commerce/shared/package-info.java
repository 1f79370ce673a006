/**
 * Values that several agents speak of: money, stock keeping units, addresses, keys of orders. Plain
 * Java.
 */
package dev.holdfast.commerce.shared;
