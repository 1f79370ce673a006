package dev.holdfast.commerce.fraud;

import dev.holdfast.commerce.fraud.Facts.Past;
import dev.holdfast.commerce.fraud.FraudNeeds.BlockName;
import dev.holdfast.commerce.fraud.FraudNeeds.Window;
import dev.holdfast.commerce.fraud.FraudProtocol.Block;
import dev.holdfast.commerce.fraud.FraudProtocol.Kind;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;

/** What orders are judged by: shoppers' histories and the block list. */
final class HistoryStore {
  /** The latest orders of a window that are looked at; more would change no score. */
  private static final int LATEST = 32;

  private static final String HISTORY =
      """
      SELECT w.merchant_id, w.shopper, past.order_id, past.placed_at, past.payment_method
      FROM unnest($1::int[], $2::text[], $3::timestamptz[], $4::timestamptz[])
        AS w(merchant_id, shopper, after, until)
      CROSS JOIN LATERAL (
        SELECT a.order_id, a.placed_at, a.payment_method
        FROM fraud.assessment a
        WHERE a.merchant_id = w.merchant_id AND a.shopper = w.shopper
          AND a.placed_at > w.after AND a.placed_at <= w.until AND NOT a.withdrawn
        ORDER BY a.placed_at DESC LIMIT $5) AS past
      """;

  private static final String BLOCKS =
      """
      SELECT b.merchant_id, b.kind, b.value, b.until
      FROM unnest($1::int[], $2::text[], $3::text[]) AS asked(merchant_id, kind, value)
      JOIN fraud.block b USING (merchant_id, kind, value)
      """;

  private static final String NEW_BLOCKS =
      """
      INSERT INTO fraud.block (merchant_id, kind, value, reason, until, blocked_at)
      SELECT b.*, $6::timestamptz
      FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
        AS b(merchant_id, kind, value, reason, until)
      ORDER BY b.merchant_id, b.kind, b.value
      ON CONFLICT (merchant_id, kind, value) DO UPDATE
      SET reason = excluded.reason, until = excluded.until, blocked_at = excluded.blocked_at
      """;

  /** Adds the orders in the windows that were not withdrawn. */
  Future<?> readHistory(Tx tx, Collection<Window> windows, Casebook book) {
    return tx.execute(
            HISTORY,
            Columns.of(windows)
                .integers(Window::merchant)
                .texts(Window::shopper)
                .times(Window::after)
                .times(Window::until)
                .value(LATEST)
                .tuple())
        .map(rows -> addHistory(rows, book));
  }

  private static Casebook addHistory(RowSet<Row> rows, Casebook book) {
    for (Row row : rows) {
      book.addPast(
          row.getInteger("merchant_id"),
          row.getString("shopper"),
          row.getUUID("order_id"),
          new Past(
              row.getOffsetDateTime("placed_at").toInstant(), row.getString("payment_method")));
    }
    return book;
  }

  /** Adds the entries of the block list that are there. */
  Future<?> readBlocks(Tx tx, Collection<BlockName> names, Casebook book) {
    return tx.execute(
            BLOCKS,
            Columns.of(names)
                .integers(BlockName::merchant)
                .texts(name -> name.kind().name())
                .texts(BlockName::value)
                .tuple())
        .map(rows -> addBlocks(rows, book));
  }

  private static Casebook addBlocks(RowSet<Row> rows, Casebook book) {
    for (Row row : rows) {
      OffsetDateTime until = row.getOffsetDateTime("until");
      book.addBlock(
          row.getInteger("merchant_id"),
          Kind.valueOf(row.getString("kind")),
          row.getString("value"),
          until == null ? null : until.toInstant());
    }
    return book;
  }

  void writeBlocks(Tx tx, Collection<Block> blocks, Instant now) {
    if (blocks.isEmpty()) {
      return;
    }
    tx.execute(
        NEW_BLOCKS,
        Columns.of(blocks)
            .integers(Block::merchant)
            .texts(block -> block.kind().name())
            .texts(Block::value)
            .texts(Block::reason)
            .times(Block::until)
            .time(now)
            .tuple());
  }
}
