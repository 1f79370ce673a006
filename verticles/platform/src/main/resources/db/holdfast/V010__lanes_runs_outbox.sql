-- What the platform keeps for every agent. Rows that many commands write are inserted, seldom
-- changed; the primary keys are also the locks' order.

CREATE TABLE holdfast.reply (
  command_id uuid     NOT NULL,
  issued_on  date     NOT NULL,
  agent      text     NOT NULL,
  rejected   boolean  NOT NULL,
  body       text     NOT NULL,
  PRIMARY KEY (command_id, issued_on)
) PARTITION BY RANGE (issued_on);
COMMENT ON TABLE holdfast.reply IS 'What became of each command; written once, in the command''s own transaction.';

CREATE TABLE holdfast.http_key (
  merchant_id  integer NOT NULL,
  operation    text    NOT NULL,
  key          text    NOT NULL,
  command_id   uuid    NOT NULL,
  issued_on    date    NOT NULL,
  fingerprint  text    NOT NULL,
  PRIMARY KEY (merchant_id, operation, key)
);
COMMENT ON TABLE holdfast.http_key IS 'Who came first under a key fixes the day and the fingerprint; kept for ever.';

CREATE TABLE holdfast.run (
  run_id            uuid        NOT NULL PRIMARY KEY,
  merchant_id       integer     NOT NULL,
  definition        text        NOT NULL,
  definition_version integer    NOT NULL,
  parking_key       text        NOT NULL,
  status            text        NOT NULL CHECK (status IN ('RUNNING', 'WAITING', 'TURNING_BACK', 'COMPLETED', 'TURNED_BACK', 'NEEDS_HUMAN')),
  node              text        NOT NULL,
  fence             bigint      NOT NULL,
  position          integer     NOT NULL DEFAULT 0,
  segment           integer     NOT NULL DEFAULT 0,
  segment_on        date        NOT NULL,
  input             text        NOT NULL,
  memory            text        NOT NULL DEFAULT '{}',
  waiting_for       text,
  due_at            timestamptz,
  reason            text,
  milestone_status  integer,
  milestone_body    text,
  milestone_at      timestamptz,
  started_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL
) WITH (fillfactor = 60);
COMMENT ON TABLE holdfast.run IS 'Workflow runs: what the recorded replies do not tell again.';
CREATE INDEX run_open ON holdfast.run (node) WHERE status IN ('RUNNING', 'WAITING', 'TURNING_BACK');
CREATE INDEX run_person ON holdfast.run (updated_at) WHERE status = 'NEEDS_HUMAN';

CREATE TABLE holdfast.run_signal (
  run_id  uuid        NOT NULL,
  name    text        NOT NULL,
  body    text        NOT NULL,
  sent_at timestamptz NOT NULL,
  PRIMARY KEY (run_id, name)
);
COMMENT ON TABLE holdfast.run_signal IS 'What runs are told from outside, once under each name.';

CREATE TABLE holdfast.timer (
  agent     text        NOT NULL,
  owner     text        NOT NULL,
  name      text        NOT NULL,
  number    bigint      NOT NULL,
  due_at    timestamptz NOT NULL,
  type      text        NOT NULL,
  command   text        NOT NULL,
  set_on    date        NOT NULL,
  PRIMARY KEY (agent, owner, name)
);
COMMENT ON TABLE holdfast.timer IS 'Commands that come due; a row is deleted after its command was answered.';
CREATE INDEX timer_due ON holdfast.timer (due_at);

CREATE TABLE holdfast.outbox (
  seq          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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
  sent_at      timestamptz
) WITH (fillfactor = 80);
COMMENT ON TABLE holdfast.outbox IS 'Events committed with their cause; marked after the broker has acknowledged them.';
-- By sequence alone: a relay reads all its lanes at once, oldest first, so no lane starves another.
CREATE INDEX outbox_unsent ON holdfast.outbox (seq) WHERE sent_at IS NULL;

CREATE TABLE holdfast.outbox_lane (
  lane   smallint NOT NULL PRIMARY KEY,
  node   text     NOT NULL,
  fence  bigint   NOT NULL
);
COMMENT ON TABLE holdfast.outbox_lane IS 'Which node relays which lane, under which fence.';

CREATE TABLE holdfast.dead_letter (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind         text        NOT NULL DEFAULT 'COMMAND' CHECK (kind IN ('COMMAND', 'EVENT')),
  agent        text        NOT NULL,
  parking_key  text        NOT NULL,
  command_id   uuid        NOT NULL,
  issued_on    date        NOT NULL,
  merchant_id  integer     NOT NULL,
  type         text        NOT NULL,
  command      text        NOT NULL,
  origin       text        NOT NULL,
  error        text        NOT NULL,
  fingerprint  text        NOT NULL,
  attempts     integer     NOT NULL DEFAULT 0,
  parked_at    timestamptz NOT NULL,
  closed_at    timestamptz,
  closed_as    text CHECK (closed_as IN ('REPLAYED', 'DISCARDED', 'ANSWERED')),
  note         text,
  UNIQUE (command_id, issued_on)
);
COMMENT ON TABLE holdfast.dead_letter IS 'Messages that broke their agent''s code, and those behind them, in order.';
CREATE INDEX dead_letter_open ON holdfast.dead_letter (agent, parking_key, id) WHERE closed_at IS NULL;

-- The application role owns nothing, so it can't make partitions by itself.
CREATE FUNCTION holdfast.make_reply_partitions(first date, days integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  day date;
BEGIN
  IF days NOT BETWEEN 1 AND 60 OR first NOT BETWEEN current_date - 60 AND current_date + 60 THEN
    RAISE EXCEPTION 'reply partitions may be made for 1 to 60 days around today';
  END IF;
  FOR day IN SELECT first + n FROM generate_series(0, days - 1) AS n LOOP
    EXECUTE format(
      'CREATE TABLE IF NOT EXISTS holdfast.%I PARTITION OF holdfast.reply FOR VALUES FROM (%L) TO (%L)',
      'reply_' || to_char(day, 'YYYYMMDD'), day, day + 1);
  END LOOP;
END
$$;
