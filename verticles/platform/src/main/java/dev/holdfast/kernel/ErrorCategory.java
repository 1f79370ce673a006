package dev.holdfast.kernel;

import java.util.Locale;

/** What an error is about; decides who is told of it. */
public enum ErrorCategory {
  /** PostgreSQL: its connections, locks, constraints and resources. */
  DATABASE,
  /** A part of the platform, or the way to it: no answer in time, no room, no connection. */
  NETWORK,
  /** A partner outside: payment provider, carriers, marketplaces. */
  EXTERNAL_API,
  /** The broker, and events on their way. */
  KAFKA,
  /** A request, a record or an event that can never be right. */
  VALIDATION,
  /** The state of the shop does not allow it. */
  BUSINESS_LOGIC,
  /** What an operator set: logins, roles, files, tables. */
  CONFIGURATION,
  /** Nothing above can be named: mostly bugs. */
  UNKNOWN;

  /** In lower case, as logs, meters and documents show it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
