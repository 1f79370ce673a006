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
   * Enter a customer. Refused with {@code customer_exists} (conflict), with {@code invalid_<field>}
   * (invalid) when a field is outside its limits.
   *
   * @param customer the merchant's own number for the customer, 1 to 64 characters
   * @param email at most 254 characters, or null
   * @param name at most 200 characters, or null
   * @param kind individual or business; null is individual
   * @param address or null
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

  /** Who buys. */
  enum Kind {
    INDIVIDUAL,
    BUSINESS
  }

  /** The customer is known. */
  record Registered(String customer, long version) {}

  /**
   * Who orders? Enters the customer if not known yet; one who is known stays as he is. Refused with
   * {@code customer_blocked} (conflict) when the account is blocked or suspended.
   *
   * @param country kept when the customer is entered, or null
   * @param at business time of the order; the registration of one not known yet
   */
  record Recognise(int merchant, String customer, String country, Instant at)
      implements CustomerCommand<Recognised> {}

  /**
   * The customer is known now.
   *
   * @param registeredAt business time of the registration or of the first order
   */
  record Recognised(String customer, Instant registeredAt) {}

  /** Block, suspend or reactivate an account. Refused with {@code unknown_customer} (not found). */
  record SetStatus(int merchant, String customer, Status status, String reason)
      implements CustomerCommand<Registered> {}

  /** Whether a customer may order: active and inactive ones may. */
  enum Status {
    ACTIVE,
    INACTIVE,
    SUSPENDED,
    BLOCKED
  }

  /**
   * Points for a delivered order: one for each whole major unit paid. Refused with {@code
   * unknown_customer} (not found).
   *
   * @param order its id, for the event
   * @param amountMinor 0 or more
   */
  record EarnPoints(int merchant, String customer, String order, long amountMinor, Instant at)
      implements CustomerCommand<PointsEarned> {}

  /** Points of one order, and all that there are now. */
  record PointsEarned(String customer, long points, long balance) {}

  /**
   * Erase what names the person; the number stays, orders keep their amounts. Refused with {@code
   * unknown_customer} (not found). What other agents keep about the person is not reached from
   * here.
   */
  record Erase(int merchant, String customer) implements CustomerCommand<Registered> {}

  /** Questions to the customer agent. */
  sealed interface CustomerQuery<R> extends Query<R> {}

  /** One customer; refused as {@code unknown_customer} when there is none. */
  record CustomerById(int merchant, String customer) implements CustomerQuery<Customer> {}

  /**
   * Customers by number in ascending order, after the given one (null: from the first); at most
   * 100.
   */
  record CustomerPage(int merchant, String after, int limit) implements CustomerQuery<Customers> {}

  /**
   * A customer.
   *
   * @param email with name and address null when not known or erased
   * @param tier by the lifetime value
   * @param orders delivered ones
   * @param lifetimeMinor what the delivered orders came to
   */
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

  /** What a customer's lifetime value comes to. */
  enum Tier {
    BRONZE,
    SILVER,
    GOLD,
    PLATINUM,
    DIAMOND
  }

  /** A page of customers. */
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
