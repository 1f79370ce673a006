-- What persons do about dead letters, letters that are replayed in numbers, and runs that need a
-- person as letters among the others.

ALTER TABLE holdfast.dead_letter
  ADD COLUMN original text,
  DROP CONSTRAINT dead_letter_kind_check,
  ADD CONSTRAINT dead_letter_kind_check CHECK (kind IN ('COMMAND', 'EVENT', 'RUN'));
COMMENT ON COLUMN holdfast.dead_letter.original IS 'What was parked, when somebody has edited it since.';
CREATE INDEX dead_letter_closed ON holdfast.dead_letter (agent, closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE holdfast.dead_letter_replay (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent      text        NOT NULL,
  letter       bigint,
  parking_key  text,
  fingerprint  text,
  parked_from  timestamptz,
  parked_until timestamptz,
  rate       integer     NOT NULL CHECK (rate > 0),
  node       text        NOT NULL,
  started_by text        NOT NULL,
  started_at timestamptz NOT NULL,
  status     text        NOT NULL CHECK (status IN ('RUNNING', 'DONE', 'STOPPED', 'CANCELLED', 'INTERRUPTED')),
  stage      text        NOT NULL CHECK (stage IN ('ONE', 'TEN', 'ALL')),
  round      integer     NOT NULL,
  letters    bigint      NOT NULL,
  replayed   bigint      NOT NULL DEFAULT 0,
  answered   bigint      NOT NULL DEFAULT 0,
  broken     bigint      NOT NULL DEFAULT 0,
  put_off    bigint      NOT NULL DEFAULT 0,
  held_back  bigint      NOT NULL DEFAULT 0,
  reason     text,
  beat_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at   timestamptz
);
COMMENT ON TABLE holdfast.dead_letter_replay IS 'Letters replayed in numbers; beat_at is on the database''s clock.';
CREATE UNIQUE INDEX dead_letter_replay_running ON holdfast.dead_letter_replay (agent) WHERE status = 'RUNNING';

CREATE TABLE holdfast.dead_letter_act (
  id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent   text        NOT NULL,
  letter  bigint,
  replay  bigint,
  act     text        NOT NULL CHECK (act IN ('EDIT', 'REPLAY', 'DISCARD', 'START', 'CANCEL')),
  who     text        NOT NULL,
  at      timestamptz NOT NULL,
  outcome text        NOT NULL,
  note    text,
  CHECK (letter IS NOT NULL OR replay IS NOT NULL)
);
COMMENT ON TABLE holdfast.dead_letter_act IS 'Who did what about a letter, when, and what came of it.';
CREATE INDEX dead_letter_act_at ON holdfast.dead_letter_act (at);
CREATE INDEX dead_letter_act_of ON holdfast.dead_letter_act (letter, id);

-- In the statement that makes the run wait, so that no run waits for a person unseen. A run that
-- comes here again opens its letter again.
CREATE FUNCTION holdfast.set_run_aside() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  cause text := 'run of ' || NEW.definition || ' needs a person: '
    || coalesce(NEW.reason::jsonb ->> 'code', 'it broke');
BEGIN
  INSERT INTO holdfast.dead_letter AS d
    (kind, agent, parking_key, command_id, issued_on, merchant_id, type, command, origin, error,
     fingerprint, attempts, parked_at)
  VALUES
    ('RUN', NEW.definition, 'run:' || NEW.run_id, NEW.run_id, (NEW.started_at AT TIME ZONE 'UTC')::date,
     NEW.merchant_id, NEW.definition,
     json_build_object('runId', NEW.run_id, 'definition', NEW.definition,
       'version', NEW.definition_version, 'key', NEW.parking_key,
       'turningBack', NEW.memory::jsonb ? 'turnedBackFor', 'reason', NEW.reason::json)::text,
     'run', cause, left(encode(sha256(convert_to(cause, 'UTF8')), 'hex'), 16), 1, NEW.updated_at)
  ON CONFLICT (command_id, issued_on) DO UPDATE SET
    attempts = d.attempts + 1, command = excluded.command, error = excluded.error,
    fingerprint = excluded.fingerprint, closed_at = NULL, closed_as = NULL, note = NULL;
  RETURN NULL;
END
$$;

CREATE TRIGGER set_aside AFTER UPDATE ON holdfast.run
  FOR EACH ROW WHEN (NEW.status = 'NEEDS_HUMAN' AND OLD.status <> 'NEEDS_HUMAN')
  EXECUTE FUNCTION holdfast.set_run_aside();

-- Those that wait already: the trigger sees them come.
CREATE TEMPORARY TABLE waiting ON COMMIT DROP AS
  SELECT run_id FROM holdfast.run WHERE status = 'NEEDS_HUMAN';
UPDATE holdfast.run SET status = 'WAITING' WHERE run_id IN (SELECT run_id FROM waiting);
UPDATE holdfast.run SET status = 'NEEDS_HUMAN' WHERE run_id IN (SELECT run_id FROM waiting);
