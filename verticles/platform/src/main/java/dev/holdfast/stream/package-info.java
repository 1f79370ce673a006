/**
 * Kafka, the news: the outbox and its relay, the topics, and the loop that consumes. Nothing of
 * Kafka is seen outside this package.
 *
 * <p><b>Out.</b> Events are rows of {@code holdfast.outbox}, written by {@link
 * dev.holdfast.stream.Outbox} in the transaction of their cause; they get their sequence while
 * their aggregate's row is locked, so sequence and version agree. {@link
 * dev.holdfast.stream.OutboxRelay} tells them: at least once, under the same id each time, and in
 * such a way that of each aggregate every event appears first in the order of its version. One node
 * tells at a time, the one that {@code holdfast.outbox_position} names ({@link
 * dev.holdfast.stream.OutboxOwnership}); a position under an old fence is not kept. Rows are never
 * changed: how far they are told is that one row, a sequence and the gaps below it ({@link
 * dev.holdfast.stream.OutboxPosition}); {@code holdfast.outbox_unsent} shows the rest. They stay
 * for seven full days after they were told or a little longer, a day's rows in each part of a ring
 * of ten, and the oldest day is emptied as a whole.
 *
 * <p><b>In.</b> {@link dev.holdfast.stream.EventConsumer} hands events to a handler at least once,
 * those of one key in their order, and commits the lowest unfinished offset. What cannot be handled
 * goes to the dead letters; what lacks something that is away waits.
 *
 * <p>Events travel as CloudEvents 1.0 in binary mode: {@code ce_id}, {@code ce_type}, {@code
 * ce_source}, {@code ce_subject} (the aggregate), {@code ce_time}, and as extensions {@code
 * ce_merchant}, {@code ce_version}, {@code ce_causedby}. The key is the aggregate, the value the
 * JSON as stored. An event that is part of a trace has the header {@code traceparent}: the sending,
 * which is itself a part of the command that its row names.
 *
 * <p><b>Dead letters</b> of kind EVENT come from two places: those of the agent {@value
 * dev.holdfast.stream.OutboxRelay#DEAD_LETTERS} are rows that the broker would never take, and hold
 * up their aggregate until they are closed ({@link dev.holdfast.stream.OutboxRelay#unparked},
 * {@link dev.holdfast.stream.OutboxRelay#discard}); all others are records that a consumer could
 * not handle ({@link dev.holdfast.stream.EventConsumer#replay}), under keys that no command has.
 *
 * <p><b>When it breaks.</b> A broker that is away holds up no start and no commit: rows wait, a
 * round is tried about once in three seconds with a new producer, consumers poll on. A consumer
 * that throws or hangs is made anew. Nothing here ends the process.
 *
 * <p><b>Limits.</b> A body has at most {@value dev.holdfast.stream.OutboxRow#BODY_BYTES_MAX} bytes.
 * A node that is paused for longer than its lease may tell old events once more when it wakes up.
 * Kafka acknowledges what it has in memory: after a power cut, rows of the last week can be told
 * again.
 */
package dev.holdfast.stream;
