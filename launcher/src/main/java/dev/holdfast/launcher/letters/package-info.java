/**
 * The desk of the dead letters: what a person or the healing of a cause does with them.
 *
 * <p>{@link dev.holdfast.launcher.letters.HealWatch} sees that a cause is gone, and the desk offers
 * what it had parked.
 */
package dev.holdfast.launcher.letters;
