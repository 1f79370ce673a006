package dev.holdfast.postgres;

import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The arguments of a set-based statement: rows as arrays, one a column, in the order in which the
 * columns are named. Cells may be null.
 *
 * @param <T> the rows
 */
public final class Columns<T> {
  private final Tuple arguments;
  private final Collection<T> rows;

  private Columns(Tuple arguments, Collection<T> rows) {
    this.arguments = arguments;
    this.rows = rows;
  }

  public static <T> Columns<T> of(Collection<T> rows) {
    return new Columns<>(Tuple.tuple(), rows);
  }

  /** What follows are columns of other rows. */
  public <U> Columns<U> then(Collection<U> others) {
    return new Columns<>(arguments, others);
  }

  public Columns<T> integers(Function<T, Integer> column) {
    return add(column, Integer[]::new);
  }

  public Columns<T> longs(Function<T, Long> column) {
    return add(column, Long[]::new);
  }

  public Columns<T> booleans(Function<T, Boolean> column) {
    return add(column, Boolean[]::new);
  }

  public Columns<T> texts(Function<T, String> column) {
    return add(column, String[]::new);
  }

  public Columns<T> uuids(Function<T, UUID> column) {
    return add(column, UUID[]::new);
  }

  /** Days, for {@code date[]}. */
  public Columns<T> days(Function<T, LocalDate> column) {
    return add(column, LocalDate[]::new);
  }

  /** Points in time, for {@code timestamptz[]}. */
  public Columns<T> times(Function<T, Instant> column) {
    return add(row -> Timestamps.utc(column.apply(row)), OffsetDateTime[]::new);
  }

  /** Exact decimals as texts; the statement casts {@code $n::text[]} to {@code numeric[]}. */
  public Columns<T> decimals(Function<T, BigDecimal> column) {
    return add(
        row -> {
          BigDecimal value = column.apply(row);
          return value == null ? null : value.toPlainString();
        },
        String[]::new);
  }

  /** One point in time for all rows. */
  public Columns<T> time(Instant at) {
    arguments.addValue(Timestamps.utc(at));
    return this;
  }

  /** One value for all rows. */
  public Columns<T> value(Object value) {
    arguments.addValue(value);
    return this;
  }

  /** All that was added so far. */
  public Tuple tuple() {
    return arguments;
  }

  private <V> Columns<T> add(Function<? super T, V> column, IntFunction<V[]> array) {
    V[] cells = array.apply(rows.size());
    int at = 0;
    for (T row : rows) {
      cells[at++] = column.apply(row);
    }
    // Boxed and as one value: the driver spreads an array that is given as varargs.
    arguments.addValue(cells);
    return this;
  }
}
