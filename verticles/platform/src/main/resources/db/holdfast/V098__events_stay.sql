-- Events stay where they were written. How far they are told is one row beside them: everything up to
-- a sequence, but for the gaps below it. An event then costs its insert and nothing after it.

LOCK TABLE holdfast.outbox IN ACCESS EXCLUSIVE MODE;
CREATE SEQUENCE holdfast.outbox_next;
SELECT setval('holdfast.outbox_next', coalesce(pg_sequence_last_value('holdfast.outbox_seq_seq'), 0) + 1, false);

ALTER TABLE holdfast.outbox RENAME TO outbox_before;

CREATE TABLE holdfast.outbox (
  -- The transaction has its number before it takes a sequence. So whoever sees a sequence knows that a
  -- lower one it does not see belongs to a transaction that has a lower number than the next to come.
  seq          bigint      NOT NULL DEFAULT CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('holdfast.outbox_next') END,
  version      bigint      NOT NULL,
  occurred_at  timestamptz NOT NULL,
  event_id     uuid        NOT NULL,
  caused_by    uuid        NOT NULL,
  merchant_id  integer     NOT NULL,
  slot         smallint    NOT NULL DEFAULT ((now() AT TIME ZONE 'UTC')::date - date '2000-01-01') % 10,
  topic        text        NOT NULL,
  aggregate    text        NOT NULL,
  type         text        NOT NULL,
  body         text        NOT NULL,
  traceparent  text        NOT NULL DEFAULT ''
) PARTITION BY LIST (slot);
COMMENT ON TABLE holdfast.outbox IS 'Events committed with their cause; a ring of ten days on the database''s clock, of which the oldest is emptied once it was told long enough ago.';
COMMENT ON COLUMN holdfast.outbox.traceparent IS 'The command that told the event, as a span; empty when nobody wants to see it.';
ALTER SEQUENCE holdfast.outbox_next OWNED BY holdfast.outbox.seq;

DO $$
BEGIN
  FOR slot IN 0..9 LOOP
    EXECUTE format('CREATE TABLE holdfast.%I PARTITION OF holdfast.outbox FOR VALUES IN (%s)', 'outbox_' || slot, slot);
  END LOOP;
END
$$;
CREATE INDEX outbox_seq ON holdfast.outbox (seq);

CREATE TABLE holdfast.outbox_position (
  only_one   boolean  NOT NULL PRIMARY KEY DEFAULT true CHECK (only_one),
  node       text     NOT NULL DEFAULT '',
  fence      bigint   NOT NULL DEFAULT 0,
  told_to    bigint   NOT NULL,
  gap_first  bigint[] NOT NULL,
  gap_last   bigint[] NOT NULL,
  told       bigint   NOT NULL,
  forgotten  bigint   NOT NULL DEFAULT 0,
  CHECK (cardinality(gap_first) = cardinality(gap_last))
);
COMMENT ON TABLE holdfast.outbox_position IS 'Which node tells the events, under which fence, and how far they are told: up to told_to, but for the gaps (first and last of each), whose events are not committed yet, not acknowledged, parked, or will never be. told counts what was acknowledged and kept, forgotten what of it was emptied since: a count of its own, so that an event that was passed over is missed.';

CREATE TABLE holdfast.outbox_told (
  day         date   NOT NULL PRIMARY KEY,
  told_below  bigint NOT NULL
);
COMMENT ON TABLE holdfast.outbox_told IS 'The first look of each day: up to where every event was told by then.';

INSERT INTO holdfast.outbox
  (seq, version, occurred_at, event_id, caused_by, merchant_id, topic, aggregate, type, body, traceparent)
SELECT seq, version, occurred_at, event_id, caused_by, merchant_id, topic, aggregate, type, body, traceparent
FROM holdfast.outbox_before;

INSERT INTO holdfast.outbox_position (told_to, gap_first, gap_last, told)
SELECT coalesce(pg_sequence_last_value('holdfast.outbox_seq_seq'), 0),
       coalesce(array_agg(first ORDER BY first), '{}'),
       coalesce(array_agg(last ORDER BY first), '{}'),
       (SELECT count(*) FROM holdfast.outbox_sent)
FROM (
  SELECT min(seq) AS first, max(seq) AS last
  FROM (SELECT seq, seq - row_number() OVER (ORDER BY seq) AS island FROM holdfast.outbox_before) AS unsent
  GROUP BY island) AS gap;

INSERT INTO holdfast.outbox
  (seq, version, occurred_at, event_id, caused_by, merchant_id, slot, topic, aggregate, type, body, traceparent)
SELECT seq, version, occurred_at, event_id, caused_by, merchant_id,
       ((sent_at AT TIME ZONE 'UTC')::date - date '2000-01-01') % 10,
       topic, aggregate, type, body, traceparent
FROM holdfast.outbox_sent;

DROP TABLE holdfast.outbox_before, holdfast.outbox_sent, holdfast.outbox_lane;

-- Range by range, which OFFSET sees to: left to itself, the planner reads the whole table once and
-- compares each row with each range.
CREATE VIEW holdfast.outbox_unsent AS
SELECT event.*
FROM holdfast.outbox_position AS position,
     LATERAL (SELECT position.told_to + 1 AS first, 9223372036854775807 AS last
              UNION ALL
              SELECT * FROM unnest(position.gap_first, position.gap_last)) AS untold,
     LATERAL (SELECT * FROM holdfast.outbox WHERE seq BETWEEN untold.first AND untold.last OFFSET 0) AS event;
COMMENT ON VIEW holdfast.outbox_unsent IS 'Events that the broker has not acknowledged yet.';

-- Tomorrow's part of the ring, which holds what was written nine days ago, is emptied when all of it
-- had been told by the first look of a day that is eight days or more ago. The application role may
-- not truncate by itself.
CREATE OR REPLACE FUNCTION holdfast.forget_sent_events() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog SET lock_timeout = '250ms' AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  oldest text := 'outbox_' || (today + 1 - date '2000-01-01') % 10;
  told_by_then bigint;
  filled boolean;
  last bigint;
  rows bigint;
BEGIN
  INSERT INTO holdfast.outbox_told
  SELECT today, least(told_to, (SELECT min(first) - 1 FROM unnest(gap_first) AS first))
  FROM holdfast.outbox_position
  ON CONFLICT DO NOTHING;
  DELETE FROM holdfast.outbox_told WHERE day < today - 30;
  SELECT max(told_below) INTO told_by_then FROM holdfast.outbox_told WHERE day <= today - 8;
  EXECUTE format('SELECT EXISTS (SELECT FROM holdfast.%I)', oldest) INTO filled;
  IF told_by_then IS NULL OR NOT filled THEN
    RETURN false;
  END IF;
  -- Midnight may come before the end, and somebody write into it.
  EXECUTE format('LOCK TABLE holdfast.%I IN ACCESS EXCLUSIVE MODE', oldest);
  EXECUTE format('SELECT max(seq), count(*) FROM holdfast.%I', oldest) INTO last, rows;
  IF last > told_by_then THEN
    RETURN false;
  END IF;
  EXECUTE format('TRUNCATE holdfast.%I', oldest);
  UPDATE holdfast.outbox_position SET forgotten = forgotten + rows;
  RETURN true;
END
$$;

-- Days that an unsent event names keep their replies: as before, but for where what is unsent is found.
DO $$
DECLARE
  former text := pg_get_functiondef('holdfast.drop_reply_partitions(date, integer)'::regprocedure);
  latter text := regexp_replace(former, 'FROM holdfast\.outbox\M', 'FROM holdfast.outbox_unsent');
BEGIN
  IF latter = former THEN
    RAISE EXCEPTION 'holdfast.drop_reply_partitions does not read holdfast.outbox';
  END IF;
  EXECUTE latter;
END
$$;
