package dev.holdfast.postgres;

/**
 * A pool at one moment, for health and metrics.
 *
 * @param name of the pool
 * @param size most connections
 * @param open connections open or being opened
 * @param inUse connections lent out
 * @param waiting callers that wait for a connection
 * @param waitLimit most callers that may wait
 * @param cuts connections dropped since the start, because a deadline passed or the server was gone
 * @param commitsUnknown transactions since the start whose COMMIT was not answered
 * @param statements sent since the start, BEGIN and COMMIT included
 */
public record PoolFigures(
    String name,
    int size,
    int open,
    int inUse,
    int waiting,
    int waitLimit,
    long cuts,
    long commitsUnknown,
    long statements) {}
