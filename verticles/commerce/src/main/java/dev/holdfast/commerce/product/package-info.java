/** The catalogue and its prices. */
package dev.holdfast.commerce.product;
