package dev.holdfast.agent;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.bus.HttpKey.Name;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which command a requester's key stands for; whoever comes first fixes it. */
final class HttpKeyStore {
  private static final String CLAIM =
      """
      INSERT INTO holdfast.http_key (merchant_id, operation, key, command_id, issued_on, fingerprint)
      SELECT merchant_id, operation, key, command_id, issued_on, fingerprint
      FROM unnest($1::int[], $2::text[], $3::text[], $4::uuid[], $5::date[], $6::text[])
        AS claim (merchant_id, operation, key, command_id, issued_on, fingerprint)
      ON CONFLICT DO NOTHING
      RETURNING merchant_id, operation, key
      """;

  /** A statement of its own, so that it sees what the insert had to wait for. */
  private static final String READ =
      """
      SELECT http_key.merchant_id, http_key.operation, http_key.key,
             http_key.command_id, http_key.issued_on, http_key.fingerprint
      FROM unnest($1::int[], $2::text[], $3::text[]) AS wanted (merchant_id, operation, key)
      JOIN holdfast.http_key USING (merchant_id, operation, key)
      """;

  private static final Comparator<Claim> KEY_ORDER =
      Comparator.comparingInt((Claim claim) -> claim.key().merchant())
          .thenComparing(claim -> claim.key().operation())
          .thenComparing(claim -> claim.key().key());

  /** A key, and the id that its asker proposes. */
  record Claim(HttpKey key, CommandId proposed) {}

  /**
   * What a key stands for.
   *
   * @param id of the command that came first
   * @param fingerprint of its body
   * @param known whether the key was there before
   */
  record Holder(CommandId id, String fingerprint, boolean known) {}

  /** The holders of the keys, after those that were free are given to their claimants. */
  Future<Map<HttpKey, Holder>> claim(Tx tx, List<Claim> claims) {
    if (claims.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<Claim> sorted = claims.stream().sorted(KEY_ORDER).toList();
    Future<RowSet<Row>> taken = tx.execute(CLAIM, claimArguments(sorted));
    Future<RowSet<Row>> held = tx.execute(READ, names(sorted));
    return taken.compose(fresh -> held.map(rows -> holders(sorted, names(fresh), rows)));
  }

  private static Set<Name> names(RowSet<Row> rows) {
    Set<Name> names = new HashSet<>();
    rows.forEach(row -> names.add(name(row)));
    return names;
  }

  private static Name name(Row row) {
    return new Name(row.getInteger(0), row.getString(1), row.getString(2));
  }

  private static Map<HttpKey, Holder> holders(
      List<Claim> claims, Set<Name> fresh, RowSet<Row> rows) {
    Map<Name, Holder> byName = new HashMap<>();
    for (Row row : rows) {
      CommandId id = new CommandId(row.getUUID(3), row.getLocalDate(4));
      byName.put(name(row), new Holder(id, row.getString(5), !fresh.contains(name(row))));
    }
    Map<HttpKey, Holder> holders = new HashMap<>();
    claims.forEach(claim -> holders.put(claim.key(), byName.get(claim.key().name())));
    return holders;
  }

  private static Tuple claimArguments(List<Claim> claims) {
    return named(claims)
        .uuids(claim -> claim.proposed().value())
        .days(claim -> claim.proposed().issuedOn())
        .texts(claim -> claim.key().fingerprint())
        .tuple();
  }

  private static Tuple names(List<Claim> claims) {
    return named(claims).tuple();
  }

  private static Columns<Claim> named(List<Claim> claims) {
    return Columns.of(claims)
        .integers(claim -> claim.key().merchant())
        .texts(claim -> claim.key().operation())
        .texts(claim -> claim.key().key());
  }
}
