package dev.holdfast.commerce.customer;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.customer.CustomerProtocol.Customer;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerById;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerPage;
import dev.holdfast.commerce.customer.CustomerProtocol.Customers;
import dev.holdfast.commerce.customer.CustomerProtocol.Kind;
import dev.holdfast.commerce.customer.CustomerProtocol.Status;
import dev.holdfast.commerce.customer.CustomerProtocol.Tier;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Customers as others see them, from committed rows; the tier is looked up when it is asked for.
 */
final class CustomerViewStore {
  /** Customers in one page at most. */
  static final int MAX_PAGE = 100;

  private static final String BY_ID =
      """
      SELECT c.customer, p.email, p.name, c.kind, c.status, p.addressee, p.street, p.city,
             p.postal_code, c.country, c.points, c.orders, c.lifetime_minor, c.registered_at,
             c.version, t.tier
        FROM customer.customer c
        LEFT JOIN customer.person p ON p.merchant_id = c.merchant_id AND p.customer = c.customer
        LEFT JOIN LATERAL (
             SELECT t.tier FROM customer.tier t
              WHERE t.merchant_id IN (0, c.merchant_id) AND t.from_minor <= c.lifetime_minor
              ORDER BY t.merchant_id DESC, t.from_minor DESC
              LIMIT 1) t ON true
       WHERE c.merchant_id = $1 AND c.customer = $2
      """;

  private static final String PAGE =
      """
      SELECT c.customer, p.email, p.name, c.kind, c.status, p.addressee, p.street, p.city,
             p.postal_code, c.country, c.points, c.orders, c.lifetime_minor, c.registered_at,
             c.version, t.tier
        FROM customer.customer c
        LEFT JOIN customer.person p ON p.merchant_id = c.merchant_id AND p.customer = c.customer
        LEFT JOIN LATERAL (
             SELECT t.tier FROM customer.tier t
              WHERE t.merchant_id IN (0, c.merchant_id) AND t.from_minor <= c.lifetime_minor
              ORDER BY t.merchant_id DESC, t.from_minor DESC
              LIMIT 1) t ON true
       WHERE c.merchant_id = $1 AND c.customer > $2
       ORDER BY c.customer
       LIMIT $3
      """;

  private final Database database;

  CustomerViewStore(Database database) {
    this.database = database;
  }

  Future<Customer> byId(CustomerById asked, Deadline deadline) {
    Refusal refusal = CustomerRules.checkNumber(asked.customer());
    return refusal == null
        ? database
            .query(deadline, BY_ID, Tuple.of(asked.merchant(), asked.customer()))
            .compose(CustomerViewStore::one)
        : Future.failedFuture(new QueryRefused(refusal));
  }

  private static Future<Customer> one(RowSet<Row> rows) {
    return rows.iterator().hasNext()
        ? Future.succeededFuture(customer(rows.iterator().next()))
        : Future.failedFuture(
            new QueryRefused(Refusal.notFound("unknown_customer", "There is no such customer.")));
  }

  /** At most {@link #MAX_PAGE} customers, however many were asked for. */
  Future<Customers> page(CustomerPage asked, Deadline deadline) {
    Refusal refusal = Field.textOrNull("after", asked.after(), Field.MAX_NUMBER);
    if (refusal != null) {
      return Future.failedFuture(new QueryRefused(refusal));
    }
    Tuple page =
        Tuple.of(
            asked.merchant(),
            asked.after() == null ? "" : asked.after(),
            Math.clamp(asked.limit(), 1, MAX_PAGE));
    return database.query(deadline, PAGE, page).map(CustomerViewStore::customers);
  }

  private static Customers customers(RowSet<Row> rows) {
    List<Customer> customers = new ArrayList<>(rows.size());
    rows.forEach(row -> customers.add(customer(row)));
    return new Customers(customers);
  }

  private static Customer customer(Row row) {
    return new Customer(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        Kind.valueOf(row.getString(3)),
        Status.valueOf(row.getString(4)),
        address(row),
        row.getString(15) == null ? Tier.BRONZE : Tier.valueOf(row.getString(15)),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        Timestamps.instant(row.getOffsetDateTime(13)),
        row.getLong(14));
  }

  /** Null when nothing at all is known. */
  private static Address address(Row row) {
    Address address =
        new Address(
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8),
            row.getString(9));
    return address.equals(Address.ofCountry(null)) ? null : address;
  }
}
