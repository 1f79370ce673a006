/**
 * Benchmarks: the product beside what could be written by hand for the same effects, on the same
 * machine and the same PostgreSQL, interleaved.
 *
 * <p>It knows the product from outside only: {@link dev.holdfast.bench.Product} starts {@code
 * holdfast up} on a folder of its own, {@link dev.holdfast.bench.OrderLoad} is its customers, and
 * {@link dev.holdfast.bench.Peer} runs pgbench with the scripts in {@code resources/peer} in a
 * database of its own that has the product's migrations. {@link dev.holdfast.bench.Ledger} counts
 * what either side did to PostgreSQL: commits, WAL, buffers, rows of each table. Counts hold still
 * on a noisy machine; rates are only compared within one run, as ratios beside the spread of equal
 * windows.
 *
 * <p>Built on request: {@code holdfast bench}.
 */
package dev.holdfast.bench;
