/** Values that several agents speak of: money, stock keeping units, addresses. Plain Java. */
package dev.holdfast.commerce.shared;
