/**
 * Dead letters: messages that broke the code which handled them, kept until a person decides.
 *
 * <p>Owns {@code holdfast.dead_letter}, {@code dead_letter_act} and {@code dead_letter_replay}. A
 * letter is a command, an event that could not even become one, or a run that needs a person; with
 * what is needed to ask again, where it came from, and the fingerprint of what went wrong. Letters
 * of one agent under one parking key are kept in the order in which they came: a later one is
 * replayed only after those before it are closed. A run becomes a letter by a trigger, in the
 * statement that makes it wait, so that everything here is the same for it as for the others.
 *
 * <p>{@link dev.holdfast.deadletter.DeadLetterStore} parks and reads; it serves the lanes. What a
 * person does: {@link dev.holdfast.deadletter.LetterInquiry} looks and tells what a replay would
 * do; {@link dev.holdfast.deadletter.DeadLetters} replays and discards one, {@link
 * dev.holdfast.deadletter.LetterDiscards} discards many, {@link
 * dev.holdfast.deadletter.LetterEdits} changes what a command says, {@link
 * dev.holdfast.deadletter.LetterReplays} replays many. {@link dev.holdfast.deadletter.ReplayOffers}
 * knows which agents' letters are worth another try. How a message is asked again and how a refusal
 * is recorded is handed in as a {@link dev.holdfast.deadletter.Replayer}, because this package
 * knows no lane.
 *
 * <p>Many are replayed as one, then ten, then all, at a rate, in at most three rounds. They go
 * through the ordinary lanes, several keys at a time and never two letters of one key, because the
 * later one may be asked only when the earlier one has its outcome. One that breaks again ends the
 * replay; an outage ends the round. A letter of another cause holds back what came later under its
 * key. What came of a wave is written with its acts and the replay's row in one transaction; a
 * crash before it leaves letters open whose ids have a reply by then, and they close with that.
 *
 * <p>Promises: a letter is never deleted, a closed one says how it was closed; the same message is
 * kept once, however often it is parked; one that was parked again since somebody read it is not
 * closed by him. Whatever a person does about a letter leaves an act: who, when, what, and what
 * came of it. An edited letter keeps its id, its key, its merchant and what it said first. Error
 * texts are made of class and method names alone, and payloads go into no log, so that no personal
 * data gets there.
 *
 * <p>Limits: a page has at most {@value dev.holdfast.deadletter.DeadLetterStore#PAGE_MAX} letters,
 * a dry run looks at {@value dev.holdfast.deadletter.LetterInquiry#DRY_RUN_MAX}, one call discards
 * {@value dev.holdfast.deadletter.LetterDiscards#LETTERS_MAX}, a replay asks at most {@value
 * dev.holdfast.deadletter.LetterReplays#RATE_MAX} a second, one replay runs for an agent at a time.
 */
package dev.holdfast.deadletter;
