-- A run's row changes several times while the run goes on. An index on a column that changes, or
-- with one in its condition, makes each change write into every index; these two columns change
-- only when the run ends, or waits for a person.

ALTER TABLE holdfast.run
  ADD COLUMN is_open boolean GENERATED ALWAYS AS
    (status IN ('RUNNING', 'WAITING', 'TURNING_BACK')) STORED,
  ADD COLUMN needs_human boolean GENERATED ALWAYS AS (status = 'NEEDS_HUMAN') STORED;

DROP INDEX holdfast.run_open;
DROP INDEX holdfast.run_person;
CREATE INDEX run_open ON holdfast.run (node) WHERE is_open;
CREATE INDEX run_person ON holdfast.run (started_at) WHERE needs_human;
