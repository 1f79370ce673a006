package dev.holdfast.web;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Who asks, as a verified token says.
 *
 * @param subject the token's {@code sub}; opaque
 * @param role what the caller may do
 * @param merchant the tenant it acts for, 1 or more; 0 for an admin of the whole platform
 * @param customer which customer it is; there for the role customer alone
 * @param expires when the token ends
 */
public record Caller(
    String subject, Role role, int merchant, Optional<String> customer, Instant expires) {

  private static final String KEY = "holdfast.caller";

  /** What a caller may do. */
  public enum Role {
    ADMIN,
    MERCHANT,
    CUSTOMER,
    AGENT;

    /** As it stands in a token: lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String text) {
      for (Role role : values()) {
        if (role.text().equals(text)) {
          return Optional.of(role);
        }
      }
      return Optional.empty();
    }
  }

  public Caller {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(expires, "expires");
    if (merchant < 0 || (merchant == 0 && role != Role.ADMIN)) {
      throw new IllegalArgumentException("merchant must be 1 or more, got " + merchant);
    }
    if (customer.isPresent() != (role == Role.CUSTOMER)) {
      throw new IllegalArgumentException("a customer is named by the role customer alone");
    }
  }

  /** Whether the caller may act for this tenant. */
  public boolean actsFor(int tenant) {
    return merchant == tenant || (merchant == 0 && role == Role.ADMIN);
  }

  /**
   * The caller of an authenticated request.
   *
   * @throws IllegalStateException when the route is not behind {@link Authentication#bearer}
   */
  public static Caller of(RoutingContext context) {
    Caller caller = context.get(KEY);
    if (caller == null) {
      throw new IllegalStateException("the route asks for a caller but does not authenticate");
    }
    return caller;
  }

  void putInto(RoutingContext context) {
    context.put(KEY, this);
  }
}
