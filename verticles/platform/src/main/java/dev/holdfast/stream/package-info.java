/**
 * Kafka, the news: the outbox and its relay, the topics, and the loop that consumes.
 *
 * <p>Events are rows of {@code holdfast.outbox} before they are messages. They are told at least
 * once, under the same id each time, in the order of their aggregate's versions.
 */
package dev.holdfast.stream;
