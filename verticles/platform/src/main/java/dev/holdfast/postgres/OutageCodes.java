package dev.holdfast.postgres;

/**
 * The codes of the {@link dev.holdfast.kernel.Unavailable}s that this package makes, beside {@code
 * deadline_passed} and {@code overloaded} of the kernel. They are stable.
 */
public final class OutageCodes {
  /** COMMIT was sent and its answer never came: run the transaction again, it will find out. */
  public static final String COMMIT_UNKNOWN = "commit_unknown";

  /** The connection went away; inside a transaction before COMMIT, so nothing took effect. */
  public static final String CONNECTION_LOST = "connection_lost";

  /** No connection became free in time. */
  public static final String POOL_EXHAUSTED = "pool_exhausted";

  /** Nobody listens there, or the name or the way is not known. */
  public static final String UNREACHABLE = "database_unreachable";

  /** Listening, but stopping, starting or recovering. */
  public static final String SHUTTING_DOWN = "database_shutting_down";

  /** The server has as many connections as it may. */
  public static final String TOO_MANY_CONNECTIONS = "too_many_connections";

  /** It refused role, password, database or a parameter of the session. */
  public static final String LOGIN_REFUSED = "login_refused";

  /** A standby, or a server set to read only. */
  public static final String READ_ONLY = "database_read_only";

  /** The server gave up a statement after its statement timeout. */
  public static final String STATEMENT_TIMEOUT = "statement_timeout";

  /** The server gave up waiting for a lock. */
  public static final String LOCK_TIMEOUT = "lock_timeout";

  /** Disk, memory or another resource of the server is used up, or it could not read or write. */
  public static final String OUT_OF_RESOURCES = "database_out_of_resources";

  /**
   * A migration changed what a prepared statement answers: the next connection prepares it anew.
   */
  public static final String PLAN_OUTDATED = "plan_outdated";

  /** The node's lease is gone: another node, or another life of this one, has its place. */
  public static final String LEASE_LOST = "lease_lost";

  /** This pool was closed by its owner. */
  public static final String CLOSED = "pool_closed";

  private OutageCodes() {}
}
