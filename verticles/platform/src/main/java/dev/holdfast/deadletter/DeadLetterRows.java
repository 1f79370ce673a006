package dev.holdfast.deadletter;

import dev.holdfast.deadletter.DeadLetter.Kind;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.postgres.Timestamps;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Letters as columns and as rows. */
final class DeadLetterRows {
  private DeadLetterRows() {}

  /** One array a column, in the order of the statement that parks. */
  static Tuple columns(List<DeadLetter> letters) {
    int n = letters.size();
    String[] kinds = new String[n];
    String[] agents = new String[n];
    String[] keys = new String[n];
    UUID[] ids = new UUID[n];
    LocalDate[] days = new LocalDate[n];
    Integer[] merchants = new Integer[n];
    String[] types = new String[n];
    String[] bodies = new String[n];
    String[] origins = new String[n];
    String[] errors = new String[n];
    String[] fingerprints = new String[n];
    Integer[] attempts = new Integer[n];
    OffsetDateTime[] times = new OffsetDateTime[n];
    for (int i = 0; i < n; i++) {
      DeadLetter letter = letters.get(i);
      kinds[i] = letter.kind().name();
      agents[i] = letter.agent();
      keys[i] = letter.parkingKey();
      ids[i] = letter.id().value();
      days[i] = letter.id().issuedOn();
      merchants[i] = letter.merchant();
      types[i] = letter.type();
      bodies[i] = letter.body();
      origins[i] = letter.origin();
      errors[i] = letter.cause().summary();
      fingerprints[i] = letter.cause().hash();
      attempts[i] = letter.attempts();
      times[i] = Timestamps.utc(letter.parkedAt());
    }
    return Tuple.tuple()
        .addValue(kinds)
        .addValue(agents)
        .addValue(keys)
        .addValue(ids)
        .addValue(days)
        .addValue(merchants)
        .addValue(types)
        .addValue(bodies)
        .addValue(origins)
        .addValue(errors)
        .addValue(fingerprints)
        .addValue(attempts)
        .addValue(times);
  }

  static List<ParkedLetter> letters(RowSet<Row> rows) {
    List<ParkedLetter> letters = new ArrayList<>(rows.size());
    rows.forEach(row -> letters.add(parked(row)));
    return letters;
  }

  private static ParkedLetter parked(Row row) {
    OffsetDateTime closedAt = row.getOffsetDateTime("closed_at");
    String closedAs = row.getString("closed_as");
    return new ParkedLetter(
        row.getLong("id"),
        letter(row),
        Timestamps.instant(closedAt),
        closedAs == null ? null : Closing.valueOf(closedAs),
        row.getString("note"));
  }

  private static DeadLetter letter(Row row) {
    return new DeadLetter(
        Kind.valueOf(row.getString("kind")),
        row.getString("agent"),
        row.getString("parking_key"),
        new CommandId(row.getUUID("command_id"), row.getLocalDate("issued_on")),
        row.getInteger("merchant_id"),
        row.getString("type"),
        row.getString("command"),
        row.getString("origin"),
        new Fingerprint(row.getString("fingerprint"), row.getString("error")),
        row.getInteger("attempts"),
        Timestamps.instant(row.getOffsetDateTime("parked_at")));
  }
}
