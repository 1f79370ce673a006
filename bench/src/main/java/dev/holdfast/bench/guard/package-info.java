/**
 * What a guarded call costs beside the libraries that do the same, in time and in memory: {@code
 * holdfast bench guard}. All run in one go on one machine, so that the ratios count.
 */
package dev.holdfast.bench.guard;
