/**
 * The local fallback: commands that can't be executed now are accepted as intents, durably, and
 * executed later through the ordinary lanes.
 *
 * <p><b>Writing.</b> One SQLite file in the data folder (WAL, {@code synchronous=FULL}), one
 * connection, one thread. What waits when the thread is free shares a transaction and one fsync;
 * nobody waits for company. {@link dev.holdfast.journal.Journal#accept} answers when the commit is
 * on this machine's disk: that is the durability that is promised, and no more. A row has sequence,
 * command id with its day, requester's key and fingerprint, lane key, type and JSON of the command
 * ({@link dev.holdfast.bus.RecordJson}), value, time and a checksum. When an intent has ended its
 * text is erased, because it holds personal data; its end can be seen for a week.
 *
 * <p><b>Identity.</b> A command's id follows from the requester's key; only its day depends on who
 * came when. The row fixes the day: {@link dev.holdfast.journal.Journal#waiting(java.util.UUID)}
 * gives it to whoever repeats the request. The drain asks under that id <em>and</em> the key, so
 * that the lane takes the day of whoever wrote the key first, be it a request of before the outage
 * whose COMMIT was never answered.
 *
 * <p><b>Draining.</b> {@link dev.holdfast.journal.JournalDrain} begins when writes may begin,
 * oldest first, one at a time of each lane key, throttled. An intent ends when its reply is
 * recorded: taken or refused; parked ones belong to the dead letters. Asking again after a crash
 * finds the reply.
 *
 * <p><b>Limits.</b> {@link dev.holdfast.journal.JournalLimits}: count, bytes, value together and
 * alone, age. A full or unusable journal says so in {@link dev.holdfast.journal.JournalHealth}, and
 * takes nothing. A damaged file is set aside, and what can be read of it goes on in a new one; so
 * does a file that was moved or deleted under us. The self-test writes, ends and verifies a probe
 * that is never executed, at the start, daily, and while the journal is down.
 *
 * <p><b>Snapshots.</b> {@link dev.holdfast.journal.SnapshotCache} keeps the last answers to
 * questions, with their age; in the process's memory ({@link dev.holdfast.journal.LocalSnapshots}),
 * and in a Redis besides if there is one ({@link dev.holdfast.journal.RedisSnapshots}), behind a
 * guard: its failures are nobody's.
 */
package dev.holdfast.journal;
