/**
 * PostgreSQL: pools, transactions, connections that can be cut, migrations and node leases.
 *
 * <p>{@link dev.holdfast.postgres.Database} is a pool under deadlines. A process has several of
 * different {@link dev.holdfast.postgres.PostgresSettings}: one for the lanes, one for queries, and
 * a small reserved one for leases and health, which load on the others does not reach. It promises
 * that no caller waits longer than its deadline, whatever the server does; that a connection on
 * which something is open is never lent again; and that a transaction whose result failed has
 * committed nothing, but for {@code commit_unknown}. Outages are {@code Unavailable} with a code of
 * {@link dev.holdfast.postgres.OutageCodes}; PostgreSQL's refusals come as the driver's {@code
 * PgException}, and {@link dev.holdfast.postgres.SqlState} names those that something is done
 * about.
 *
 * <p>Inside a transaction a handler sees {@link dev.holdfast.postgres.Tx} alone. BEGIN, statements
 * and COMMIT are pipelined. One thing makes COMMIT wait for answers: a statement text that this
 * pool has not seen succeed before with arguments of these classes, because the driver itself may
 * refuse its arguments, and then COMMIT would keep the rest (see {@code AcceptedStatements}).
 *
 * <p>A transaction and each statement outside one are parts of what the thread that asks for them
 * is busy with ({@link dev.holdfast.trace.Work}); its statements are spans then.
 *
 * <p>{@code Cut} alone touches the driver's inner parts. A deadline that passes while COMMIT is
 * under way is {@code commit_unknown}; one that passes earlier is {@code deadline_passed}, and
 * nothing was committed.
 *
 * <p>{@link dev.holdfast.postgres.RoleStore} makes a database and its roles on a server of our own,
 * {@link dev.holdfast.postgres.Migrations} its tables. {@link dev.holdfast.postgres.NodeLease} says
 * who this node is and under which fence it writes; the table {@code holdfast.node} is the only one
 * owned here. {@link dev.holdfast.postgres.SeenDatabase} remembers beside the data how far that row
 * has come, and so knows a database that was put back.
 *
 * <p>Limits: the driver (5.0.8) ignores the TCP options it is given, so a connection whose opening
 * meets a server that accepts and says nothing holds its place in the pool until the server answers
 * or the system gives the socket up; the callers are told at their deadline. That many connections
 * are the most that wait so, and a server that wakes up finds no crowd.
 */
package dev.holdfast.postgres;
