/** Carriers, labels and deliveries. */
package dev.holdfast.commerce.transport;
