package dev.holdfast.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a database did, as counters since its beginning or as the difference of two readings.
 *
 * @param commits transactions
 * @param statements sent by the product, or by the script
 * @param walBytes of the whole server
 * @param flushes of WAL, of the whole server
 * @param bufferHits blocks found in the server's cache
 * @param rows by table: inserted and updated
 */
record Figures(
    long commits,
    long statements,
    long walBytes,
    long flushes,
    long bufferHits,
    Map<String, Rows> rows) {

  /** Rows of one table. */
  record Rows(long inserted, long updated) {
    static final Rows NONE = new Rows(0, 0);
  }

  Figures since(Figures before) {
    Map<String, Rows> changed = new TreeMap<>();
    rows.forEach(
        (table, now) -> {
          Rows then = before.rows.getOrDefault(table, Rows.NONE);
          Rows difference = new Rows(now.inserted - then.inserted, now.updated - then.updated);
          if (!difference.equals(Rows.NONE)) {
            changed.put(table, difference);
          }
        });
    return new Figures(
        commits - before.commits,
        statements - before.statements,
        walBytes - before.walBytes,
        flushes - before.flushes,
        bufferHits - before.bufferHits,
        changed);
  }

  Figures withStatements(long count) {
    return new Figures(commits, count, walBytes, flushes, bufferHits, rows);
  }
}
