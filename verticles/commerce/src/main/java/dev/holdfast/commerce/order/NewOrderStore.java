package dev.holdfast.commerce.order;

import dev.holdfast.commerce.order.OrderBook.Entered;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows of new orders: one statement for all orders of a batch, one for all their lines. */
final class NewOrderStore {
  private static final String INSERT_ORDERS =
      """
      INSERT INTO orders.orders (merchant_id, order_id, run_id, placed_at, total_minor, version,
             stocked, status, currency, source, external_number, customer, billing_country,
             shipping_country, codes)
      SELECT merchant_id, order_id, run_id, placed_at, total_minor, 1, stocked, 'PLACED', currency,
             source, external_number, customer, billing_country, shipping_country,
             codes::smallint[]
        FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::bigint[], $6::bool[],
                    $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
                    $13::text[])
             AS n(merchant_id, order_id, run_id, placed_at, total_minor, stocked, currency, source,
                  external_number, customer, billing_country, shipping_country, codes)
      """;

  /** What the lines of an order share is sent once an order and joined by its position. */
  private static final String INSERT_LINES =
      """
      INSERT INTO orders.order_line (merchant_id, order_id, line, sku, description, quantity,
             unit_price, amount_minor)
      SELECT o.merchant_id[l.nth], o.order_id[l.nth], l.line, l.sku, l.description, l.quantity,
             l.unit_price, l.amount_minor
        FROM unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::int[], $6::numeric[],
                    $7::bigint[])
             AS l(nth, line, sku, description, quantity, unit_price, amount_minor),
             (SELECT $8::int[], $9::uuid[]) AS o(merchant_id, order_id)
      """;

  private static final String INSERT_CONTACTS =
      """
      INSERT INTO orders.order_contact (merchant_id, order_id, customer, email, billing_name,
             billing_street, billing_city, billing_code, shipping_name, shipping_street,
             shipping_city, shipping_code)
      SELECT * FROM unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
      """;

  /** Sends the rows of one order or more. */
  void insert(Tx tx, List<Entered> orders) {
    tx.execute(INSERT_ORDERS, orderColumns(orders));
    tx.execute(INSERT_LINES, lineColumns(orders));
    List<Entered> named = orders.stream().filter(order -> namesAPerson(order.place())).toList();
    if (!named.isEmpty()) {
      tx.execute(INSERT_CONTACTS, contactColumns(named));
    }
  }

  private static Tuple orderColumns(List<Entered> orders) {
    return Columns.of(orders)
        .integers(o -> o.order().merchant())
        .uuids(o -> o.order().order())
        .uuids(o -> o.order().run())
        .times(o -> o.place().placedAt())
        .longs(o -> o.order().total().minor())
        .booleans(o -> o.order().stocked())
        .texts(o -> o.place().currency())
        .texts(o -> o.place().source())
        .texts(o -> o.place().externalNumber())
        .texts(o -> o.place().customer())
        .texts(o -> PlacingRules.country(o.place().billing()))
        .texts(o -> PlacingRules.country(o.place().shipping()))
        .texts(o -> codes(o.place()))
        .tuple();
  }

  /** The array's text, because arrays of arrays must be of one length. */
  private static String codes(Place place) {
    return place.customer() == null
        ? null
        : place.lines().stream()
            .map(line -> Short.toString(ClaimRules.digest(line.sku())))
            .distinct()
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static Tuple lineColumns(List<Entered> orders) {
    int size = orders.stream().mapToInt(order -> order.place().lines().size()).sum();
    Integer[] nth = new Integer[size];
    Integer[] number = new Integer[size];
    String[] sku = new String[size];
    String[] description = new String[size];
    Integer[] quantity = new Integer[size];
    BigDecimal[] price = new BigDecimal[size];
    Long[] amount = new Long[size];
    int at = 0;
    for (int order = 0; order < orders.size(); order++) {
      List<Line> lines = orders.get(order).place().lines();
      for (int i = 0; i < lines.size(); i++, at++) {
        Line line = lines.get(i);
        nth[at] = order + 1;
        number[at] = i + 1;
        sku[at] = line.sku();
        description[at] = line.description();
        quantity[at] = (int) line.quantity();
        price[at] = Field.plain(line.unitPrice());
        amount[at] = orders.get(order).amounts().get(i);
      }
    }
    return Tuple.tuple()
        .addValue(nth)
        .addValue(number)
        .addValue(sku)
        .addValue(description)
        .addValue(quantity)
        .addValue(price)
        .addValue(amount)
        .addValue(orders.stream().map(o -> o.order().merchant()).toArray(Integer[]::new))
        .addValue(orders.stream().map(o -> o.order().order()).toArray(UUID[]::new));
  }

  private static Tuple contactColumns(List<Entered> orders) {
    return Columns.of(orders)
        .integers(o -> o.order().merchant())
        .uuids(o -> o.order().order())
        .texts(o -> o.place().customer())
        .texts(o -> o.place().email())
        .texts(o -> part(o.place().billing(), Address::name))
        .texts(o -> part(o.place().billing(), Address::street))
        .texts(o -> part(o.place().billing(), Address::city))
        .texts(o -> part(o.place().billing(), Address::postalCode))
        .texts(o -> part(o.place().shipping(), Address::name))
        .texts(o -> part(o.place().shipping(), Address::street))
        .texts(o -> part(o.place().shipping(), Address::city))
        .texts(o -> part(o.place().shipping(), Address::postalCode))
        .tuple();
  }

  private static boolean namesAPerson(Place place) {
    return place.email() != null || namesAPerson(place.billing()) || namesAPerson(place.shipping());
  }

  private static boolean namesAPerson(Address address) {
    return address != null && !address.equals(Address.ofCountry(address.country()));
  }

  private static String part(Address address, Function<Address, String> part) {
    return address == null ? null : part.apply(address);
  }
}
