package dev.holdfast.postgres;

import io.vertx.sqlclient.Tuple;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rows turned into one array a column, for statements over {@code unnest($1::…[], $2::…[])}.
 *
 * @param <T> what a row is made of
 */
public final class Columns<T> {
  private final List<T> rows;
  private final Tuple arguments = Tuple.tuple();

  private Columns(List<T> rows) {
    this.rows = rows;
  }

  /** Rows in the order in which the statement shall see them. */
  public static <T> Columns<T> of(Iterable<T> rows) {
    List<T> copy = new ArrayList<>();
    rows.forEach(copy::add);
    return new Columns<>(copy);
  }

  /**
   * The same with one more argument: the array of a column.
   *
   * @param type of the column; the driver knows boxed numbers, texts, UUIDs and offset date times
   * @param value of a row, or null
   */
  public <V> Columns<T> with(Class<V> type, Function<? super T, ? extends V> value) {
    Object column = Array.newInstance(type, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Array.set(column, i, value.apply(rows.get(i)));
    }
    arguments.addValue(column);
    return this;
  }

  /** The arguments; further scalar ones may be added behind the arrays. */
  public Tuple tuple() {
    return arguments;
  }
}
