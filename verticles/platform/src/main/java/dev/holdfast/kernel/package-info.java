/**
 * Values that every other room may use: ids, outcomes, deadlines and the clock. Plain Java, no
 * framework.
 */
package dev.holdfast.kernel;
