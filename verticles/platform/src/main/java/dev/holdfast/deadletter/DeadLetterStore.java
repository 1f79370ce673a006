package dev.holdfast.deadletter;

import dev.holdfast.deadletter.DeadLetter.Kind;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
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
import java.util.Set;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The dead letters' rows. */
public final class DeadLetterStore {
  /** The most letters that one page or one key's queue shows. */
  public static final int PAGE_MAX = 200;

  /**
   * Ordered, so that the numbers follow the list. A letter that is parked again keeps its place and
   * counts its attempts. One that was discarded stays closed, for its event may come once more; so
   * does one that was replayed and only seemed to stand behind another: its reply is there.
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
        AND (d.closed_at IS NULL OR excluded.attempts > 0)
      RETURNING command_id
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

  static final String SELECT =
      """
      SELECT id, kind, agent, parking_key, command_id, issued_on, merchant_id, type, command, origin,
             error, fingerprint, attempts, parked_at, closed_at, closed_as, note
      FROM holdfast.dead_letter
      """;

  private static final String PAGE =
      SELECT
          + """
          WHERE id > $1 AND (closed_at IS NULL OR NOT $2) AND ($3::text IS NULL OR agent = $3)
            AND ($4::text IS NULL OR kind = $4) AND ($5::text IS NULL OR parking_key = $5)
            AND ($6::text IS NULL OR fingerprint = $6)
          ORDER BY id
          LIMIT $7
          """;

  private static final String FIND = SELECT + "WHERE id = $1";

  private static final String FIND_OPEN = SELECT + "WHERE command_id = $1 AND closed_at IS NULL";

  private static final String OPEN_BEHIND =
      SELECT
          + """
          WHERE agent = $1 AND parking_key = $2 AND closed_at IS NULL
          ORDER BY id
          LIMIT $3
          """;

  /** One that was parked again since it was read has something to say again, and stays open. */
  private static final String CLOSE =
      """
      UPDATE holdfast.dead_letter AS d
      SET closed_at = $5, closed_as = l.closed_as, note = l.note
      FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::text[])
           AS l (id, attempts, closed_as, note)
      WHERE d.id = l.id AND d.attempts = l.attempts AND d.closed_at IS NULL
      RETURNING d.id
      """;

  private static final String EDIT =
      """
      UPDATE holdfast.dead_letter
      SET command = $2, original = coalesce(original, command)
      WHERE id = $1 AND closed_at IS NULL
      """;

  private static final String ORIGINAL =
      "SELECT original FROM holdfast.dead_letter WHERE id = $1 AND original IS NOT NULL";

  private final Database database;
  private final ObjIntConsumer<String> parked;

  /** For whoever only reads. */
  public DeadLetterStore(Database database) {
    this(database, (agent, letters) -> {});
  }

  /**
   * @param parked is told whose letters were parked, and how many
   */
  public DeadLetterStore(Database database, ObjIntConsumer<String> parked) {
    this.database = database;
    this.parked = parked;
  }

  /**
   * Parks the letters in the order of the list. A letter that lies there already stays where it is.
   *
   * @param letters ids differ from each other
   * @return the ids of those that lie open now: not of those that a person has closed for good
   */
  public Future<Set<UUID>> park(Deadline deadline, List<DeadLetter> letters) {
    return database
        .inTransaction(deadline, tx -> park(tx, letters))
        .onSuccess(done -> count(letters));
  }

  private static Future<Set<UUID>> park(Tx tx, List<DeadLetter> letters) {
    return letters.isEmpty()
        ? Future.succeededFuture(Set.of())
        : tx.execute(PARK, DeadLetterRows.columns(letters))
            .map(rows -> stream(rows).map(row -> row.getUUID(0)).collect(Collectors.toSet()));
  }

  private void count(List<DeadLetter> letters) {
    letters.stream()
        .collect(Collectors.groupingBy(DeadLetter::agent, Collectors.counting()))
        .forEach((agent, count) -> parked.accept(agent, count.intValue()));
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
   * Which letters a page shows; what is null does not narrow it.
   *
   * @param openOnly whether closed ones are left out
   */
  public record Filter(
      String agent, Kind kind, String parkingKey, String fingerprint, boolean openOnly) {
    /** All that are open. */
    public static final Filter OPEN = new Filter(null, null, null, null, true);
  }

  /**
   * Letters in the order of their numbers.
   *
   * @param after the last number of the page before, 0 for the first page
   * @param limit 1 to {@link #PAGE_MAX}
   */
  public Future<List<ParkedLetter>> page(Filter filter, long after, int limit, Deadline deadline) {
    if (limit < 1 || limit > PAGE_MAX) {
      throw new IllegalArgumentException("limit must be 1 to " + PAGE_MAX + ", got " + limit);
    }
    Tuple arguments =
        Tuple.tuple()
            .addValue(after)
            .addValue(filter.openOnly())
            .addValue(filter.agent())
            .addValue(filter.kind() == null ? null : filter.kind().name())
            .addValue(filter.parkingKey())
            .addValue(filter.fingerprint())
            .addValue(limit);
    return database.query(deadline, PAGE, arguments).map(DeadLetterRows::letters);
  }

  /** The letter under a number, if there is one. */
  public Future<Optional<ParkedLetter>> find(long number, Deadline deadline) {
    return database
        .query(deadline, FIND, Tuple.of(number))
        .map(rows -> DeadLetterRows.letters(rows).stream().findFirst());
  }

  /** The open letter of a message, if there is one. */
  public Future<Optional<ParkedLetter>> findOpen(UUID id, Deadline deadline) {
    return database
        .query(deadline, FIND_OPEN, Tuple.of(id))
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

  /** Puts another text in place of an open letter's; what it said first is kept. */
  static Future<Boolean> edit(Tx tx, long number, String payload) {
    return tx.execute(EDIT, Tuple.of(number, payload)).map(rows -> rows.rowCount() == 1);
  }

  /** What a letter said before it was edited; empty when it never was. */
  Future<Optional<String>> original(long number, Deadline deadline) {
    return database
        .query(deadline, ORIGINAL, Tuple.of(number))
        .map(rows -> stream(rows).map(row -> row.getString(0)).findFirst());
  }

  /** A letter as it was read, and how it is to be closed. */
  record Close(ParkedLetter parked, Closing as, String note) {}

  /**
   * Closes open letters.
   *
   * @return the numbers of those that were closed; others are closed already, or were parked again
   */
  static Future<Set<Long>> close(Tx tx, List<Close> letters, Instant now) {
    Tuple arguments =
        Columns.of(letters)
            .longs(close -> close.parked().number())
            .integers(close -> close.parked().letter().attempts())
            .texts(close -> close.as().name())
            .texts(Close::note)
            .time(now)
            .tuple();
    return letters.isEmpty()
        ? Future.succeededFuture(Set.of())
        : tx.execute(CLOSE, arguments)
            .map(rows -> stream(rows).map(row -> row.getLong(0)).collect(Collectors.toSet()));
  }

  private static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }
}
