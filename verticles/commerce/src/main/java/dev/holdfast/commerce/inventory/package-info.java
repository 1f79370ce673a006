/** Stock, what is held of it, and every movement. */
package dev.holdfast.commerce.inventory;
