package dev.holdfast.agent;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The recorded outcome of every command, partitioned by the day it was issued on. */
final class ReplyStore {
  /** One scalar day a statement, because a list of days would be looked up in every partition. */
  private static final String READ =
      """
      SELECT command_id, agent, rejected, body
      FROM holdfast.reply
      WHERE command_id = ANY($1::uuid[]) AND issued_on = $2::date
      """;

  private static final String WRITE =
      """
      INSERT INTO holdfast.reply (command_id, issued_on, agent, rejected, body)
      SELECT command_id, issued_on, $3, rejected, body
      FROM unnest($1::uuid[], $2::date[], $4::boolean[], $5::text[])
        AS reply (command_id, issued_on, rejected, body)
      """;

  /** An outcome as it stands in a row. */
  record Recorded(String agent, boolean rejected, String body) {

    /**
     * The outcome.
     *
     * @param command the class of the command it answers, which tells the reply's type
     * @param expectedAgent whose command it is
     * @throws IllegalStateException when another agent answered a command under this id
     */
    Outcome<?> outcome(Class<?> command, String expectedAgent) {
      if (!agent.equals(expectedAgent)) {
        throw new IllegalStateException(
            "a command of " + expectedAgent + " finds a reply of " + agent);
      }
      return rejected
          ? Outcome.rejected(RecordJson.read(body, Refusal.class))
          : Outcome.done(RecordJson.readReply(body, command));
    }

    /** The outcome for a reader who does not know the command's class: a reply is its JSON text. */
    Outcome<?> asText() {
      return rejected ? Outcome.rejected(RecordJson.read(body, Refusal.class)) : Outcome.done(body);
    }
  }

  /** An outcome to be recorded. */
  record NewReply(CommandId id, Outcome<?> outcome) {
    private static final Comparator<NewReply> KEY_ORDER =
        Comparator.comparing((NewReply reply) -> reply.id.value(), DerivedId.DATABASE_ORDER)
            .thenComparing(reply -> reply.id.issuedOn());

    private boolean isRejected() {
      return outcome instanceof Outcome.Rejected<?>;
    }

    private String body() {
      return switch (outcome) {
        case Outcome.Done<?> done -> RecordJson.write(done.reply());
        case Outcome.Rejected<?> rejected -> RecordJson.write(rejected.why());
      };
    }
  }

  /** What is recorded under the ids; those without a reply are left out. */
  Future<Map<CommandId, Recorded>> read(Tx tx, Collection<CommandId> ids) {
    Map<LocalDate, List<CommandId>> byDay =
        ids.stream()
            .collect(Collectors.groupingBy(CommandId::issuedOn, TreeMap::new, Collectors.toList()));
    List<Future<Map<CommandId, Recorded>>> reads = new ArrayList<>();
    byDay.forEach((day, dayIds) -> reads.add(readDay(tx, day, dayIds)));
    return Future.all(reads).map(done -> merged(done.list()));
  }

  private static Map<CommandId, Recorded> merged(List<Map<CommandId, Recorded>> parts) {
    Map<CommandId, Recorded> all = new HashMap<>();
    parts.forEach(all::putAll);
    return all;
  }

  private static Future<Map<CommandId, Recorded>> readDay(
      Tx tx, LocalDate day, List<CommandId> ids) {
    return tx.execute(READ, Columns.of(ids).uuids(CommandId::value).value(day).tuple())
        .map(rows -> recorded(rows, day));
  }

  private static Map<CommandId, Recorded> recorded(RowSet<Row> rows, LocalDate day) {
    Map<CommandId, Recorded> found = new HashMap<>();
    for (Row row : rows) {
      found.put(
          new CommandId(row.getUUID(0), day),
          new Recorded(row.getString(1), row.getBoolean(2), row.getString(3)));
    }
    return found;
  }

  /**
   * Sends the insert of the replies, sorted by key so that two lanes with the same commands can't
   * deadlock. A reply that is there already makes the transaction fail with a unique violation.
   */
  void write(Tx tx, String agent, List<NewReply> replies) {
    if (replies.isEmpty()) {
      return;
    }
    List<NewReply> sorted = replies.stream().sorted(NewReply.KEY_ORDER).toList();
    tx.execute(
        WRITE,
        Columns.of(sorted)
            .uuids(reply -> reply.id().value())
            .days(reply -> reply.id().issuedOn())
            .value(agent)
            .booleans(NewReply::isRejected)
            .texts(NewReply::body)
            .tuple());
  }
}
