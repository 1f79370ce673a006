package dev.holdfast.commerce.payment;

import dev.holdfast.kernel.DerivedId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One entry of the ledger; made only in transactions that sum to zero.
 *
 * @param transaction follows from the operation, so that nothing is booked twice
 * @param amountMinor debit positive, credit negative
 */
record Posting(
    int merchant,
    UUID transaction,
    String account,
    UUID order,
    long amountMinor,
    String currency,
    Instant at) {
  static final String AUTHORISED = "authorised";
  static final String CUSTOMER = "customer";
  static final String PROVIDER = "provider";
  static final String SALES = "sales";
  static final String REFUNDS = "refunds";

  /** What the provider now holds for us. */
  static List<Posting> authorise(OperationKey key, String currency, long amount, Instant at) {
    return transaction(key, currency, at, amount, AUTHORISED, CUSTOMER);
  }

  /** What it let go. */
  static List<Posting> letGo(OperationKey key, String currency, long amount, Instant at) {
    return transaction(key.ofVoid(), currency, at, amount, CUSTOMER, AUTHORISED);
  }

  /** What it took for us. */
  static List<Posting> capture(OperationKey key, String currency, long amount, Instant at) {
    List<Posting> postings = new ArrayList<>();
    postings.addAll(transaction(key, currency, at, amount, CUSTOMER, AUTHORISED));
    postings.addAll(transaction(key, currency, at, amount, PROVIDER, SALES));
    return postings;
  }

  /** What it gave back for us. */
  static List<Posting> refund(OperationKey key, String currency, long amount, Instant at) {
    return transaction(key, currency, at, amount, REFUNDS, PROVIDER);
  }

  private static List<Posting> transaction(
      OperationKey key, String currency, Instant at, long amount, String debit, String credit) {
    UUID id = DerivedId.within(key.id(), "payment.entry", key.text());
    return List.of(
        new Posting(key.merchant(), id, debit, key.order(), amount, currency, at),
        new Posting(key.merchant(), id, credit, key.order(), -amount, currency, at));
  }
}
