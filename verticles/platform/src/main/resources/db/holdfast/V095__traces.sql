-- What a run or an event is a part of, as W3C Trace Context writes it, so that a trace goes on behind
-- a restart, a wait, a topic. Nothing reads it to decide anything.

ALTER TABLE holdfast.run ADD COLUMN traceparent text;
COMMENT ON COLUMN holdfast.run.traceparent IS 'The command that started the run, as a span; null when nobody wants to see it.';

-- Not null: these rows have no null, and the first would cost each of them eight bytes.
ALTER TABLE holdfast.outbox ADD COLUMN traceparent text NOT NULL DEFAULT '';
COMMENT ON COLUMN holdfast.outbox.traceparent IS 'The command that told the event, as a span; empty when nobody wants to see it.';
ALTER TABLE holdfast.outbox_sent ADD COLUMN traceparent text NOT NULL DEFAULT '';
