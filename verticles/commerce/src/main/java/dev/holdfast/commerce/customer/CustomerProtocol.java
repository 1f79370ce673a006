package dev.holdfast.commerce.customer;

import dev.holdfast.commerce.shared.Address;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Query;
import java.time.Instant;
import java.util.List;

/** What may be said to the customer agent, and what it says. */
public interface CustomerProtocol {

  /** Commands to the customer agent. */
  sealed interface CustomerCommand<R> extends Command<R> {
    String customer();

    @Override
    default String parkingKey() {
      return customer();
    }
  }

  /**
   * Enter a customer. Refused with {@code customer_exists} (conflict).
   *
   * @param customer the merchant's own number for the customer, 1 to 64 characters
   * @param email or null
   * @param kind individual or business
   * @param registeredAt business time
   */
  record Register(
      int merchant,
      String customer,
      String email,
      String name,
      Kind kind,
      Address address,
      Instant registeredAt)
      implements CustomerCommand<Registered> {}

  enum Kind {
    INDIVIDUAL,
    BUSINESS
  }

  record Registered(String customer, long version) {}

  /**
   * Who orders? Enters the customer if not known yet. Refused with {@code customer_blocked}
   * (conflict) when the account is blocked or suspended.
   *
   * @param at business time of the order; the registration of one not known yet
   */
  record Recognise(int merchant, String customer, String country, Instant at)
      implements CustomerCommand<Recognised> {}

  record Recognised(String customer, Instant registeredAt) {}

  /** Block, suspend or reactivate an account. Refused with {@code unknown_customer} (not found). */
  record SetStatus(int merchant, String customer, Status status, String reason)
      implements CustomerCommand<Registered> {}

  enum Status {
    ACTIVE,
    INACTIVE,
    SUSPENDED,
    BLOCKED
  }

  /** Points for a delivered order: one for each whole major unit paid. */
  record EarnPoints(int merchant, String customer, String order, long amountMinor, Instant at)
      implements CustomerCommand<PointsEarned> {}

  record PointsEarned(String customer, long points, long balance) {}

  /** Erase what names the person; the number stays, orders keep their amounts. */
  record Erase(int merchant, String customer) implements CustomerCommand<Registered> {}

  /** Questions to the customer agent. */
  sealed interface CustomerQuery<R> extends Query<R> {}

  /** One customer; refused as {@code unknown_customer} when there is none. */
  record CustomerById(int merchant, String customer) implements CustomerQuery<Customer> {}

  record CustomerPage(int merchant, String after, int limit) implements CustomerQuery<Customers> {}

  record Customer(
      String customer,
      String email,
      String name,
      Kind kind,
      Status status,
      Address address,
      Tier tier,
      long points,
      long orders,
      long lifetimeMinor,
      Instant registeredAt,
      long version) {}

  enum Tier {
    BRONZE,
    SILVER,
    GOLD,
    PLATINUM,
    DIAMOND
  }

  record Customers(List<Customer> customers) {
    public Customers {
      customers = List.copyOf(customers);
    }
  }

  /** A customer was entered. */
  record CustomerRegistered(int merchant, String aggregate, long version) implements Event {}

  /** A customer's account has another status. */
  record CustomerUpdated(int merchant, String aggregate, long version, String status)
      implements Event {}

  /** What names a person was erased: whoever keeps something about this customer erases it too. */
  record CustomerErased(int merchant, String aggregate, long version) implements Event {}

  /** A customer earned points. */
  record CustomerPointsEarned(
      int merchant, String aggregate, long version, long points, String order) implements Event {}
}
