package dev.holdfast.deadletter;

import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The dead letters' rows. */
public final class DeadLetterStore {
  /** The most letters that one page or one key's queue shows. */
  public static final int PAGE_MAX = 200;

  /**
   * Ordered, so that the numbers follow the list. A letter that is parked again keeps its place and
   * counts its attempts; one that was discarded stays closed, for its event may come once more.
   */
  private static final String PARK =
      """
      INSERT INTO holdfast.dead_letter AS d
        (kind, agent, parking_key, command_id, issued_on, merchant_id, type, command, origin, error,
         fingerprint, attempts, parked_at)
      SELECT kind, agent, parking_key, command_id, issued_on, merchant_id, type, command, origin,
             error, fingerprint, attempts, parked_at
      FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::date[], $6::integer[],
                  $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::integer[],
                  $13::timestamptz[])
           WITH ORDINALITY
           AS l (kind, agent, parking_key, command_id, issued_on, merchant_id, type, command, origin,
                 error, fingerprint, attempts, parked_at, place)
      ORDER BY place
      ON CONFLICT (command_id, issued_on) DO UPDATE SET
        attempts = d.attempts + excluded.attempts,
        error = CASE WHEN excluded.attempts > 0 THEN excluded.error ELSE d.error END,
        fingerprint = CASE WHEN excluded.attempts > 0 THEN excluded.fingerprint
                           ELSE d.fingerprint END,
        closed_at = NULL, closed_as = NULL, note = NULL
      WHERE d.closed_as IS DISTINCT FROM 'DISCARDED'
      """;

  private static final String OPEN_KEYS =
      """
      SELECT DISTINCT parking_key
      FROM holdfast.dead_letter
      WHERE agent = $1 AND closed_at IS NULL
      """;

  private static final String OPEN_COUNTS =
      """
      SELECT agent, count(*) AS letters
      FROM holdfast.dead_letter
      WHERE closed_at IS NULL
      GROUP BY agent
      """;

  private static final String PAGE =
      """
      SELECT id, kind, agent, parking_key, command_id, issued_on, merchant_id, type, command, origin,
             error, fingerprint, attempts, parked_at, closed_at, closed_as, note
      FROM holdfast.dead_letter
      WHERE id > $1 AND ($2::text IS NULL OR agent = $2) AND (closed_at IS NULL OR NOT $3)
      ORDER BY id
      LIMIT $4
      """;

  private static final String FIND =
      """
      SELECT id, kind, agent, parking_key, command_id, issued_on, merchant_id, type, command, origin,
             error, fingerprint, attempts, parked_at, closed_at, closed_as, note
      FROM holdfast.dead_letter
      WHERE id = $1
      """;

  private static final String OPEN_BEHIND =
      """
      SELECT id, kind, agent, parking_key, command_id, issued_on, merchant_id, type, command, origin,
             error, fingerprint, attempts, parked_at, closed_at, closed_as, note
      FROM holdfast.dead_letter
      WHERE agent = $1 AND parking_key = $2 AND closed_at IS NULL
      ORDER BY id
      LIMIT $3
      """;

  private static final String CLOSE =
      """
      UPDATE holdfast.dead_letter
      SET closed_at = $2, closed_as = $3, note = $4
      WHERE id = $1 AND closed_at IS NULL
      """;

  private final Database database;

  /** The database is asked for everything that needs no transaction of somebody else. */
  public DeadLetterStore(Database database) {
    this.database = database;
  }

  /**
   * Sends one statement that parks the letters in the order of the list; nothing for none. A letter
   * that lies there already stays where it is.
   *
   * @param letters ids differ from each other
   */
  public static Future<Void> park(Tx tx, List<DeadLetter> letters) {
    return letters.isEmpty()
        ? Future.succeededFuture()
        : tx.execute(PARK, DeadLetterRows.columns(letters)).mapEmpty();
  }

  /** The same in a transaction of its own. */
  public Future<Void> park(Deadline deadline, List<DeadLetter> letters) {
    return database.inTransaction(deadline, tx -> park(tx, letters));
  }

  /** The parking keys of an agent that have open letters. */
  public Future<List<String>> openKeys(String agent, Deadline deadline) {
    return database
        .query(deadline, OPEN_KEYS, Tuple.of(agent))
        .map(rows -> stream(rows).map(row -> row.getString("parking_key")).toList());
  }

  /** How many open letters each agent has; agents without any are not in it. */
  public Future<Map<String, Long>> openCounts(Deadline deadline) {
    return database
        .query(deadline, OPEN_COUNTS, Tuple.tuple())
        .map(
            rows -> {
              Map<String, Long> counts = new HashMap<>();
              rows.forEach(row -> counts.put(row.getString("agent"), row.getLong("letters")));
              return counts;
            });
  }

  /**
   * Letters in the order of their numbers.
   *
   * @param agent whose, or null for all
   * @param openOnly whether closed ones are left out
   * @param after the last number of the page before, 0 for the first page
   * @param limit 1 to {@link #PAGE_MAX}
   */
  public Future<List<ParkedLetter>> page(
      String agent, boolean openOnly, long after, int limit, Deadline deadline) {
    if (limit < 1 || limit > PAGE_MAX) {
      throw new IllegalArgumentException("limit must be 1 to " + PAGE_MAX + ", got " + limit);
    }
    Tuple arguments = Tuple.of(after, agent, openOnly, limit);
    return database.query(deadline, PAGE, arguments).map(DeadLetterRows::letters);
  }

  /** The letter under a number, if there is one. */
  public Future<Optional<ParkedLetter>> find(long number, Deadline deadline) {
    return database
        .query(deadline, FIND, Tuple.of(number))
        .map(rows -> DeadLetterRows.letters(rows).stream().findFirst());
  }

  /**
   * The open letters of an agent under one parking key, in the order in which they must be closed;
   * at most {@link #PAGE_MAX}.
   */
  public Future<List<ParkedLetter>> openBehind(String agent, String parkingKey, Deadline deadline) {
    return database
        .query(deadline, OPEN_BEHIND, Tuple.of(agent, parkingKey, PAGE_MAX))
        .map(DeadLetterRows::letters);
  }

  /**
   * Closes an open letter.
   *
   * @return false when it is closed already or there is none
   */
  public static Future<Boolean> close(Tx tx, long number, Closing as, String note, Instant now) {
    Tuple arguments = Tuple.of(number, Timestamps.utc(now), as.name(), note);
    return tx.execute(CLOSE, arguments).map(rows -> rows.rowCount() == 1);
  }

  private static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }
}
