package dev.holdfast.deadletter;

import dev.holdfast.deadletter.ReplayRules.Candidate;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks up which letters a selection means, and what stands before them. */
final class CandidateStore {
  private static final String MATCHES =
      """
      ($2::bigint IS NULL OR d.id = $2)
      AND ($3::text IS NULL OR d.parking_key = $3)
      AND ($4::text IS NULL OR d.fingerprint = $4)
      AND ($5::timestamptz IS NULL OR d.parked_at >= $5)
      AND ($6::timestamptz IS NULL OR d.parked_at < $6)
      """;

  /**
   * Open letters under the keys that the selection touches. A key whose letters were closed since
   * counts too: others may have come behind them meanwhile.
   */
  private static final String CANDIDATES =
      "WITH touched AS MATERIALIZED (SELECT DISTINCT d.parking_key FROM holdfast.dead_letter AS d"
          + " WHERE d.agent = $1 AND (d.closed_at IS NULL OR d.closed_at >= $7) AND "
          + MATCHES
          + ") SELECT d.id, d.parking_key, d.attempts, "
          + MATCHES
          + """
           AS wanted
          FROM holdfast.dead_letter AS d
          WHERE d.agent = $1 AND d.closed_at IS NULL AND d.id > $8
            AND d.parking_key IN (SELECT parking_key FROM touched)
          ORDER BY d.id
          LIMIT $9
          """;

  private static final String COUNT =
      "SELECT count(*) FROM holdfast.dead_letter AS d WHERE d.agent = $1 AND d.closed_at IS NULL"
          + " AND "
          + MATCHES;

  private static final String NUMBERS =
      "SELECT d.id FROM holdfast.dead_letter AS d WHERE d.agent = $1 AND d.closed_at IS NULL AND "
          + MATCHES
          + " ORDER BY d.id LIMIT $7";

  private static final String READ =
      DeadLetterStore.SELECT + "WHERE id = ANY($1::bigint[]) AND closed_at IS NULL ORDER BY id";

  private final Database database;

  CandidateStore(Database database) {
    this.database = database;
  }

  /**
   * A page of candidates in the order of their numbers.
   *
   * @param since letters closed at this platform time or later still touch their key; may be null
   * @param after the last number of the page before
   */
  Future<List<Candidate>> candidates(
      LetterSelection selection, Instant since, long after, int limit, Deadline deadline) {
    Tuple arguments =
        arguments(selection).addValue(Timestamps.utc(since)).addValue(after).addValue(limit);
    return database.query(deadline, CANDIDATES, arguments).map(CandidateStore::candidates);
  }

  private static Tuple arguments(LetterSelection selection) {
    return Tuple.tuple()
        .addValue(selection.agent())
        .addValue(selection.number())
        .addValue(selection.parkingKey())
        .addValue(selection.fingerprint())
        .addValue(Timestamps.utc(selection.from()))
        .addValue(Timestamps.utc(selection.until()));
  }

  private static List<Candidate> candidates(RowSet<Row> rows) {
    List<Candidate> candidates = new ArrayList<>(rows.size());
    for (Row row : rows) {
      candidates.add(
          new Candidate(row.getLong(0), row.getString(1), row.getBoolean(3), row.getInteger(2)));
    }
    return candidates;
  }

  /** How many open letters the selection names. */
  Future<Long> count(LetterSelection selection, Deadline deadline) {
    return database
        .query(deadline, COUNT, arguments(selection))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** The first open letters that the selection names. */
  Future<List<Long>> numbers(LetterSelection selection, int limit, Deadline deadline) {
    return database
        .query(deadline, NUMBERS, arguments(selection).addValue(limit))
        .map(
            rows -> {
              List<Long> numbers = new ArrayList<>(rows.size());
              rows.forEach(row -> numbers.add(row.getLong(0)));
              return numbers;
            });
  }

  /** The letters of these numbers that are open, in their order. */
  Future<List<ParkedLetter>> read(List<Long> numbers, Deadline deadline) {
    return database
        .query(deadline, READ, Tuple.tuple().addValue(numbers.toArray(Long[]::new)))
        .map(DeadLetterRows::letters);
  }
}
