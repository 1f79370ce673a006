/**
 * What a scrape costs beside Micrometer's own Prometheus registry with the same series, in time and
 * in memory: {@code holdfast bench scrape}. Both take turns in one process.
 */
package dev.holdfast.bench.scrape;
