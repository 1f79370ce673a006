package dev.holdfast.stream;

/**
 * A consumer at one moment.
 *
 * @param handled events that its handler took since the start
 * @param parked events that went to the dead letters since the start
 * @param retried attempts after the first one
 * @param restarts how often its Kafka consumer was made anew
 * @param partitions how many it has now
 * @param lag events of those partitions that are not finished, as last seen
 * @param silentMs milliseconds since the last poll came back
 */
public record ConsumerFigures(
    long handled,
    long parked,
    long retried,
    long restarts,
    int partitions,
    long lag,
    long silentMs) {}
