package dev.holdfast.stream;

import java.util.Map;

/**
 * The relay at one moment.
 *
 * @param published events acknowledged by the broker since the start, by topic
 * @param failures rounds that failed since the start, of the broker or of the database
 * @param failedInARow rounds that failed since the last one that went well; 0 is healthy
 * @param tells whether this node is the one that tells the outbox
 * @param parkedAggregates aggregates that stand still because the broker would never take one of
 *     their events
 */
public record RelayFigures(
    Map<String, Long> published,
    long failures,
    int failedInARow,
    boolean tells,
    int parkedAggregates) {

  /** Events acknowledged by the broker since the start. */
  public long publishedInAll() {
    return published.values().stream().mapToLong(Long::longValue).sum();
  }
}
