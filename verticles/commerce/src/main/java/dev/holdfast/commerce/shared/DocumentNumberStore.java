package dev.holdfast.commerce.shared;

import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Reads who bears which document numbers already. */
public final class DocumentNumberStore {
  private DocumentNumberStore() {}

  /**
   * Reads which of the numbers are taken.
   *
   * @param statement takes merchants, sources and numbers as arrays; answers each number that is
   *     taken, in its three parts, and the id of its bearer
   * @param numbers null for documents without one; a number that a row can't hold is passed over:
   *     its document will be refused
   * @param taken told of each that is
   */
  public static Future<?> find(
      Tx tx,
      String statement,
      Collection<DocumentNumber> numbers,
      BiConsumer<DocumentNumber, UUID> taken) {
    TreeSet<DocumentNumber> keys = new TreeSet<>();
    numbers.stream()
        .filter(Objects::nonNull)
        .filter(number -> DocumentNumber.check(number.source(), number.number()) == null)
        .forEach(keys::add);
    if (keys.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple key =
        Columns.of(keys)
            .integers(DocumentNumber::merchant)
            .texts(DocumentNumber::source)
            .texts(DocumentNumber::number)
            .tuple();
    return tx.execute(statement, key)
        .onSuccess(rows -> rows.forEach(row -> taken.accept(number(row), row.getUUID(3))));
  }

  private static DocumentNumber number(Row row) {
    return new DocumentNumber(row.getInteger(0), row.getString(1), row.getString(2));
  }
}
