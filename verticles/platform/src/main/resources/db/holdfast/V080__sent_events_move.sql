-- The outbox holds what is unsent and nothing else; what was sent moves beside it, once, and is
-- kept there for a week. An insert then pays for one index, a row that was sent for none.

CREATE TABLE holdfast.outbox_sent (
  seq          bigint      NOT NULL,
  lane         smallint    NOT NULL,
  merchant_id  integer     NOT NULL,
  topic        text        NOT NULL,
  aggregate    text        NOT NULL,
  version      bigint      NOT NULL,
  event_id     uuid        NOT NULL,
  type         text        NOT NULL,
  occurred_at  timestamptz NOT NULL,
  caused_by    uuid        NOT NULL,
  body         text        NOT NULL,
  sent_at      timestamptz NOT NULL
) PARTITION BY LIST ((((sent_at AT TIME ZONE 'UTC')::date - date '2000-01-01') % 10));
COMMENT ON TABLE holdfast.outbox_sent IS 'Events that the broker has acknowledged, on the database''s clock; a ring of ten days, of which the oldest is emptied.';

DO $$
BEGIN
  FOR slot IN 0..9 LOOP
    EXECUTE format(
      'CREATE TABLE holdfast.%I PARTITION OF holdfast.outbox_sent FOR VALUES IN (%s)',
      'outbox_sent_' || slot, slot);
  END LOOP;
END
$$;

INSERT INTO holdfast.outbox_sent
SELECT * FROM holdfast.outbox
WHERE sent_at > clock_timestamp() - interval '7 days';
DELETE FROM holdfast.outbox WHERE sent_at IS NOT NULL;

DROP INDEX holdfast.outbox_unsent;
ALTER TABLE holdfast.outbox DROP COLUMN sent_at;
-- Never updated, so a page may be full. Emptied and filled again all the time, so its pages are
-- better kept than given back under a lock.
ALTER TABLE holdfast.outbox SET (fillfactor = 100, vacuum_truncate = off);
COMMENT ON TABLE holdfast.outbox IS 'Events committed with their cause that the broker has not acknowledged yet.';

-- Of the ten days in the ring the last eight are kept, and tomorrow's stays empty for whoever begins
-- it at midnight; the one after it is emptied. The application role may not truncate by itself.
CREATE FUNCTION holdfast.forget_sent_events() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog SET lock_timeout = '250ms' AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  oldest text := 'outbox_sent_' || (today + 2 - date '2000-01-01') % 10;
  filled boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM holdfast.%I)', oldest) INTO filled;
  IF filled THEN
    EXECUTE format('TRUNCATE holdfast.%I', oldest);
  END IF;
  RETURN filled;
END
$$;

-- As before, but for what is unsent.
CREATE OR REPLACE FUNCTION holdfast.drop_reply_partitions(before date, at_most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog SET lock_timeout = '250ms' SET timezone = 'UTC' AS $$
DECLARE
  named date[];
  old record;
  dropped integer := 0;
BEGIN
  IF before > current_date - 30 THEN
    RAISE EXCEPTION 'replies of the last 30 days are kept, asked to drop before %', before;
  END IF;
  named := ARRAY(
    WITH unfinished AS (
      SELECT segment_on, memory FROM holdfast.run
      WHERE is_open AND started_at < before
      UNION ALL
      SELECT segment_on, memory FROM holdfast.run
      WHERE needs_human AND started_at < before)
    SELECT segment_on FROM unfinished
    UNION
    SELECT (step.value ->> 'on')::date
    FROM unfinished, jsonb_each(unfinished.memory::jsonb -> 'steps') AS step
    UNION
    SELECT set_on FROM holdfast.timer
    UNION
    SELECT occurred_at::date FROM holdfast.outbox
    UNION
    SELECT issued_on FROM holdfast.dead_letter WHERE closed_at IS NULL
    UNION
    SELECT split_part(origin, ' ', 4)::date FROM holdfast.dead_letter
    WHERE closed_at IS NULL AND origin LIKE 'undo of %');
  FOR old IN
    SELECT partition.relname, to_date(substr(partition.relname, 7), 'YYYYMMDD') AS day
    FROM pg_inherits JOIN pg_class AS partition ON partition.oid = inhrelid
    WHERE inhparent = 'holdfast.reply'::regclass AND partition.relname ~ '^reply_[0-9]{8}$'
    ORDER BY partition.relname
  LOOP
    EXIT WHEN old.day >= before OR dropped >= at_most;
    IF NOT old.day = ANY (named) THEN
      EXECUTE format('DROP TABLE holdfast.%I', old.relname);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  RETURN dropped;
END
$$;
