package dev.holdfast.stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record as it was polled.
 *
 * @param progress of its partition under the assignment in which it was polled
 */
record Polled(PartitionProgress progress, ConsumerRecord<byte[], byte[]> message) {}
