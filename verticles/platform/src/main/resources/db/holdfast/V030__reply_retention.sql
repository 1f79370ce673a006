-- Replies are dropped a day at a time. A day stays, however old, as long as something unfinished
-- names it: whoever goes on with that asks again under an id of that day.
-- Dropping locks the whole table for a moment; who can't have the lock soon tries another time.
CREATE FUNCTION holdfast.drop_reply_partitions(before date, at_most integer) RETURNS integer
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
    SELECT occurred_at::date FROM holdfast.outbox WHERE sent_at IS NULL
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
