package dev.holdfast.commerce.customer;

import dev.holdfast.commerce.customer.CustomerProtocol.CustomerCommand;
import dev.holdfast.commerce.customer.CustomerProtocol.EarnPoints;
import dev.holdfast.commerce.customer.CustomerProtocol.Erase;
import dev.holdfast.commerce.customer.CustomerProtocol.Kind;
import dev.holdfast.commerce.customer.CustomerProtocol.Recognise;
import dev.holdfast.commerce.customer.CustomerProtocol.Register;
import dev.holdfast.commerce.customer.CustomerProtocol.SetStatus;
import dev.holdfast.commerce.customer.CustomerProtocol.Status;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** The rows of customers: locked where they may change, only read where they seldom do. */
final class CustomerStore {
  private static final String LOCK =
      """
      SELECT c.merchant_id, c.customer, c.kind, c.country, c.registered_at, c.status,
             c.status_reason, c.points, c.orders, c.lifetime_minor, c.erased_at, c.version
        FROM unnest($1::int[], $2::text[]) AS k(merchant_id, customer)
        JOIN customer.customer c ON c.merchant_id = k.merchant_id AND c.customer = k.customer
       ORDER BY c.merchant_id, c.customer
         FOR UPDATE OF c
      """;

  /** No lock: who orders is asked with every order, and seldom changes anything. */
  private static final String READ =
      """
      SELECT c.merchant_id, c.customer, c.kind, c.country, c.registered_at, c.status,
             c.status_reason, c.points, c.orders, c.lifetime_minor, c.erased_at, c.version
        FROM unnest($1::int[], $2::text[]) AS k(merchant_id, customer)
        JOIN customer.customer c ON c.merchant_id = k.merchant_id AND c.customer = k.customer
      """;

  private static final String INSERT =
      """
      INSERT INTO customer.customer (merchant_id, customer, kind, country, registered_at, status,
             version)
      SELECT merchant_id, customer, kind, country, registered_at, 'ACTIVE', 1
        FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
             AS n(merchant_id, customer, kind, country, registered_at)
      """;

  private static final String UPDATE =
      """
      UPDATE customer.customer c
         SET status = n.status, status_reason = n.status_reason, points = n.points,
             orders = n.orders, lifetime_minor = n.lifetime_minor, erased_at = n.erased_at,
             version = n.version
        FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[],
                    $7::bigint[], $8::timestamptz[], $9::bigint[])
             AS n(merchant_id, customer, status, status_reason, points, orders, lifetime_minor,
                  erased_at, version)
       WHERE c.merchant_id = n.merchant_id AND c.customer = n.customer
      """;

  private static final String INSERT_PERSONS =
      """
      INSERT INTO customer.person (merchant_id, customer, email, name, addressee, street, city,
             postal_code)
      SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
                           $7::text[], $8::text[])
      """;

  private static final String DELETE_PERSONS =
      """
      DELETE FROM customer.person p
       USING unnest($1::int[], $2::text[]) AS k(merchant_id, customer)
       WHERE p.merchant_id = k.merchant_id AND p.customer = k.customer
      """;

  /** Locks and reads the customers that the commands are about. */
  Future<?> load(Tx tx, List<? extends CustomerCommand<?>> commands, CustomerBook into) {
    TreeSet<CustomerKey> locked = new TreeSet<>();
    TreeSet<CustomerKey> read = new TreeSet<>();
    for (CustomerCommand<?> command : commands) {
      // A number that a row can't hold is no customer's; it can't be asked for either.
      if (CustomerRules.checkNumber(command.customer()) == null) {
        CustomerKey key = new CustomerKey(command.merchant(), command.customer());
        switch (command) {
          case Recognise recognise -> read.add(key);
          case Register register -> read.add(key);
          case SetStatus status -> locked.add(key);
          case EarnPoints earn -> locked.add(key);
          case Erase erase -> locked.add(key);
        }
      }
    }
    read.removeAll(locked);
    return Future.join(rows(tx, LOCK, locked, into), rows(tx, READ, read, into));
  }

  private static Future<?> rows(
      Tx tx, String sql, Collection<CustomerKey> keys, CustomerBook into) {
    return keys.isEmpty()
        ? Future.succeededFuture()
        : tx.execute(sql, columns(keys))
            .onSuccess(rows -> rows.forEach(row -> into.loaded(customer(row))));
  }

  private static CustomerState customer(Row row) {
    return new CustomerState(
        row.getInteger(0),
        row.getString(1),
        Kind.valueOf(row.getString(2)),
        row.getString(3),
        Timestamps.instant(row.getOffsetDateTime(4)),
        Status.valueOf(row.getString(5)),
        row.getString(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        Timestamps.instant(row.getOffsetDateTime(10)),
        row.getLong(11));
  }

  /** Sends what the decisions changed; nothing when they changed nothing. */
  void save(Tx tx, CustomerBook book) {
    if (!book.entered().isEmpty()) {
      tx.execute(INSERT, enteredColumns(book.entered()));
    }
    if (!book.changed().isEmpty()) {
      tx.execute(UPDATE, changedColumns(book.changed()));
    }
    if (!book.persons().isEmpty()) {
      tx.execute(INSERT_PERSONS, personColumns(book.persons()));
    }
    if (!book.erased().isEmpty()) {
      tx.execute(DELETE_PERSONS, columns(book.erased()));
    }
  }

  private static Tuple columns(Collection<CustomerKey> keys) {
    return Columns.of(keys).integers(CustomerKey::merchant).texts(CustomerKey::customer).tuple();
  }

  private static Tuple enteredColumns(Collection<CustomerState> entered) {
    return Columns.of(entered)
        .integers(CustomerState::merchant)
        .texts(CustomerState::customer)
        .texts(c -> c.kind().name())
        .texts(CustomerState::country)
        .times(CustomerState::registeredAt)
        .tuple();
  }

  private static Tuple changedColumns(Collection<CustomerState> changed) {
    return Columns.of(changed)
        .integers(CustomerState::merchant)
        .texts(CustomerState::customer)
        .texts(c -> c.status().name())
        .texts(CustomerState::statusReason)
        .longs(CustomerState::points)
        .longs(CustomerState::orders)
        .longs(CustomerState::lifetimeMinor)
        .times(CustomerState::erasedAt)
        .longs(CustomerState::version)
        .tuple();
  }

  private static Tuple personColumns(Collection<Register> persons) {
    return Columns.of(persons)
        .integers(Register::merchant)
        .texts(Register::customer)
        .texts(Register::email)
        .texts(Register::name)
        .texts(p -> part(p.address(), Address::name))
        .texts(p -> part(p.address(), Address::street))
        .texts(p -> part(p.address(), Address::city))
        .texts(p -> part(p.address(), Address::postalCode))
        .tuple();
  }

  private static String part(Address address, Function<Address, String> part) {
    return address == null ? null : part.apply(address);
  }
}
