package dev.holdfast.commerce.customer;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerErased;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerPointsEarned;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerRegistered;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerUpdated;
import dev.holdfast.commerce.customer.CustomerProtocol.EarnPoints;
import dev.holdfast.commerce.customer.CustomerProtocol.Erase;
import dev.holdfast.commerce.customer.CustomerProtocol.Kind;
import dev.holdfast.commerce.customer.CustomerProtocol.PointsEarned;
import dev.holdfast.commerce.customer.CustomerProtocol.Recognise;
import dev.holdfast.commerce.customer.CustomerProtocol.Recognised;
import dev.holdfast.commerce.customer.CustomerProtocol.Register;
import dev.holdfast.commerce.customer.CustomerProtocol.SetStatus;
import dev.holdfast.commerce.customer.CustomerProtocol.Status;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;

/** Who may order, and what a customer earns. */
final class CustomerRules {
  private static final int MAX_EMAIL = 254;
  private static final int MAX_NAME = 200;
  private static final int MAX_REASON = 1_000;
  private static final long MINOR_PER_POINT = 100;

  private CustomerRules() {}

  /** What is wrong with a customer's number, or null. */
  static Refusal checkNumber(String customer) {
    return Field.text("customer", customer, Field.MAX_NUMBER);
  }

  static Decision register(CustomerBook book, Register command) {
    Refusal refusal =
        Field.first(
            () -> checkNumber(command.customer()),
            () -> Field.textOrNull("email", command.email(), MAX_EMAIL),
            () -> Field.textOrNull("name", command.name(), MAX_NAME),
            () -> Field.address("address", command.address()),
            () -> Field.time("registeredAt", command.registeredAt()));
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    if (book.find(command.merchant(), command.customer()) != null) {
      return Decision.rejected(
          Refusal.conflict("customer_exists", "Customer " + command.customer() + " is there."));
    }
    String country = command.address() == null ? null : command.address().country();
    Kind kind = command.kind() == null ? Kind.INDIVIDUAL : command.kind();
    CustomerState entered =
        entered(command.merchant(), command.customer(), kind, country, command.registeredAt());
    book.enter(entered);
    if (command.email() != null || command.name() != null || command.address() != null) {
      book.name(command);
    }
    return Decision.done(entered.registered()).tell(news(entered));
  }

  /** Most orders come from customers who are known and not blocked: then nothing is changed. */
  static Decision recognise(CustomerBook book, Recognise command) {
    Refusal refusal =
        Field.first(
            () -> checkNumber(command.customer()),
            () -> Field.countryOrNull("country", command.country()),
            () -> Field.time("at", command.at()));
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    CustomerState known = book.find(command.merchant(), command.customer());
    if (known != null) {
      return switch (known.status()) {
        case ACTIVE, INACTIVE -> Decision.done(recognised(known));
        case SUSPENDED, BLOCKED ->
            Decision.rejected(
                Refusal.conflict(
                    "customer_blocked", "Customer " + known.customer() + " may not order."));
      };
    }
    CustomerState entered =
        entered(
            command.merchant(),
            command.customer(),
            Kind.INDIVIDUAL,
            command.country(),
            command.at());
    book.enter(entered);
    return Decision.done(recognised(entered)).tell(news(entered));
  }

  private static CustomerState entered(
      int merchant, String customer, Kind kind, String country, Instant registeredAt) {
    return new CustomerState(
        merchant, customer, kind, country, registeredAt, Status.ACTIVE, null, 0, 0, 0, null, 1);
  }

  private static CustomerRegistered news(CustomerState entered) {
    return new CustomerRegistered(entered.merchant(), entered.customer(), entered.version());
  }

  private static Recognised recognised(CustomerState customer) {
    return new Recognised(customer.customer(), customer.registeredAt());
  }

  static Decision setStatus(CustomerBook book, SetStatus command) {
    CustomerState known = book.find(command.merchant(), command.customer());
    Refusal refusal =
        Field.first(
            () -> Field.present("status", command.status()),
            () -> Field.textOrNull("reason", command.reason(), MAX_REASON),
            () -> known == null ? unknown() : null);
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    if (known.status() == command.status()) {
      return Decision.done(known.registered());
    }
    CustomerState next = known.to(command.status(), command.reason());
    book.change(next);
    return Decision.done(next.registered())
        .tell(
            new CustomerUpdated(
                next.merchant(), next.customer(), next.version(), next.status().name()));
  }

  static Decision earn(CustomerBook book, EarnPoints command) {
    if (command.amountMinor() < 0) {
      return Decision.rejected(Field.invalid("amountMinor", "must not be negative"));
    }
    CustomerState known = book.find(command.merchant(), command.customer());
    if (known == null) {
      return Decision.rejected(unknown());
    }
    long points = command.amountMinor() / MINOR_PER_POINT;
    CustomerState next = known.earned(points, command.amountMinor());
    book.change(next);
    return Decision.done(new PointsEarned(next.customer(), points, next.points()))
        .tell(
            new CustomerPointsEarned(
                next.merchant(), next.customer(), next.version(), points, command.order()));
  }

  static Decision erase(CustomerBook book, Erase command, Instant now) {
    CustomerState known = book.find(command.merchant(), command.customer());
    if (known == null) {
      return Decision.rejected(unknown());
    }
    if (known.erasedAt() != null) {
      return Decision.done(known.registered());
    }
    CustomerState next = known.erased(now);
    book.change(next);
    book.erase(next.key());
    return Decision.done(next.registered())
        .tell(new CustomerErased(next.merchant(), next.customer(), next.version()));
  }

  private static Refusal unknown() {
    return Refusal.notFound("unknown_customer", "There is no such customer.");
  }
}
