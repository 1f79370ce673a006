/**
 * Dead letters: messages that broke the code which handled them, kept until a person decides.
 *
 * <p>Owns {@code holdfast.dead_letter}. A letter is a command, or an event that could not even
 * become one, with what is needed to ask again, where it came from, and the fingerprint of what
 * went wrong. Letters of one agent under one parking key are kept in the order in which they came:
 * a later one is replayed only after those before it are closed.
 *
 * <p>{@link dev.holdfast.deadletter.DeadLetterStore} parks and reads; it serves the lanes. {@link
 * dev.holdfast.deadletter.DeadLetters} replays and discards; it serves the management routes. How a
 * command is asked again and how a refusal is recorded is handed in as a {@link
 * dev.holdfast.deadletter.Replayer}, because this package knows no lane.
 *
 * <p>Promises: a letter is never deleted, a closed one says how it was closed; the same message is
 * kept once, however often it is parked. Error texts are made of class and method names alone, so
 * that no personal data gets into them.
 *
 * <p>Limits: a page has at most {@value dev.holdfast.deadletter.DeadLetterStore#PAGE_MAX} letters.
 */
package dev.holdfast.deadletter;
